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
    public static bool IsIn(LabelVolume labels)
    {
        IReadOnlyList<LabelledCell> cells = labels.Cells();
        if (cells.Count < 2 || cells[0].Label != Label) return false;
        long unlabelled = labels.Extent.Count - cells.Sum(cell => cell.VoxelCount);
        if (cells[0].VoxelCount < Math.Max(unlabelled, cells.Max(cell => cell.VoxelCount))) return false;
        for (int axis = SpatialAxes.First(labels.Rank); axis < labels.Rank; axis++)
            if (cells[0].Box.Lower[axis] > 0 || cells[0].Box.Upper[axis] < labels.Extent[axis]) return false;
        return true;
    }
}
