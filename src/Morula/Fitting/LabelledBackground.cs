using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>Knows a background that carries a label, as ASTEC's label 1 does.</summary>
internal static class LabelledBackground
{
    /// <summary>The label that such backgrounds carry.</summary>
    public const int Label = 1;

    /// <summary>
    /// Whether label 1 is the largest, larger than what is unlabelled, and reaches every face of the image. A cell does that only where
    /// it fills the image alone.
    /// </summary>
    public static bool IsIn(LabelVolume labels) => IsIn(labels.Cells(), labels.Extent);

    /// <summary>The same, told by the labels of a volume that is not held.</summary>
    public static bool IsIn(IReadOnlyList<LabelledCell> cells, Extent extent)
    {
        if (cells.Count < 2 || cells[0].Label != Label) return false;
        long unlabelled = extent.Count - cells.Sum(cell => cell.VoxelCount);
        if (cells[0].VoxelCount < Math.Max(unlabelled, cells.Max(cell => cell.VoxelCount))) return false;
        for (int axis = SpatialAxes.First(extent.Rank); axis < extent.Rank; axis++)
            if (cells[0].Box.Lower[axis] > 0 || cells[0].Box.Upper[axis] < extent[axis]) return false;
        return true;
    }
}
