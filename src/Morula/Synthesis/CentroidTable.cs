using System.Globalization;
using System.Text;
using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>Rows of text about the cells of a label volume: voxels, centre, box, columns named after the axes.</summary>
internal static class CentroidTable
{
    private static readonly string[] AxisNames = ["z", "y", "x"];

    /// <summary>Names of the last <paramref name="rank"/> axes with something before them, as in ",lower_z,lower_y,lower_x".</summary>
    public static string Columns(int rank, string prefix = "") => string.Concat(AxisNames[^rank..].Select(name => $",{prefix}{name}"));

    /// <summary>The corners of a box, all lowers first.</summary>
    public static string Corners(Block box) =>
        string.Concat(box.Lower.ToArray().Concat(box.Upper.ToArray()).Select(corner => $",{corner}"));

    /// <summary>Per cell by label: the cell and ",voxels,centre" in voxels, the first voxel's centre being 0.</summary>
    public static IEnumerable<(LabelledCell Cell, string Text)> Rows(LabelVolume labels)
    {
        IReadOnlyList<LabelledCell> cells = labels.Cells();
        foreach (LabelledCell cell in cells)
        {
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $",{cell.VoxelCount}");
            foreach (double place in Centre(labels, cell)) text.Append(CultureInfo.InvariantCulture, $",{place:0.##}");
            yield return (cell, text.ToString());
        }
    }

    private static double[] Centre(LabelVolume labels, LabelledCell cell)
    {
        LabelVolume local = labels.Crop(cell.Box);
        var sums = new double[labels.Rank];
        var position = cell.Box.Lower.ToArray();
        foreach (int label in local.Voxels)
        {
            if (label == cell.Label)
            {
                for (int axis = 0; axis < sums.Length; axis++) sums[axis] += position[axis];
            }

            for (int axis = sums.Length - 1; axis >= 0 && ++position[axis] == cell.Box.Upper[axis] && axis > 0; axis--)
                position[axis] = cell.Box.Lower[axis];
        }

        return [.. sums.Select(sum => sum / cell.VoxelCount)];
    }
}
