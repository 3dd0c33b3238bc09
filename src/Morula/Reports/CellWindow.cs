using Morula.Volumes;

namespace Morula.Reports;

/// <summary>Which part of an image a picture of a cell shows: one plane, as wide as the cell and what is around it.</summary>
internal static class CellWindow
{
    private const double Surroundings = 1.7;
    private const int LeastVoxels = 16;
    private const long MostSearched = 16_777_216;

    /// <summary>A block that is one voxel thick along all axes but the last two.</summary>
    /// <param name="label">The cell.</param>
    /// <param name="box">Its box.</param>
    /// <param name="middle">A voxel inside the box whose plane is shown if the cell is in it; else the plane that has most of the cell is.</param>
    /// <param name="extent">Of the image.</param>
    /// <param name="spacing">Of the image; the window is square in its units.</param>
    /// <param name="read">Labels of a block.</param>
    public static Block Of(int label, Block box, ReadOnlySpan<int> middle, Extent extent, Spacing spacing, Func<Block, LabelVolume> read)
    {
        int[] plane = Plane(label, box, middle, read);
        var (lower, upper) = (new int[box.Rank], new int[box.Rank]);
        for (int axis = 0; axis < plane.Length; axis++) (lower[axis], upper[axis]) = (plane[axis], plane[axis] + 1);
        double side = 0;
        for (int axis = plane.Length; axis < box.Rank; axis++) side = Math.Max(side, spacing[axis] * Math.Max(LeastVoxels, Surroundings * box.Extent[axis]));
        for (int axis = plane.Length; axis < box.Rank; axis++)
        {
            int voxels = (int)Math.Ceiling(side / spacing[axis]);
            lower[axis] = ((box.Lower[axis] + box.Upper[axis]) / 2) - (voxels / 2);
            upper[axis] = lower[axis] + voxels;
        }

        return new Block(lower, upper).ClipTo(extent);
    }

    private static int[] Plane(int label, Block box, ReadOnlySpan<int> middle, Func<Block, LabelVolume> read)
    {
        int[] wanted = middle[..(box.Rank - 2)].ToArray();
        if (box.IsEmpty || read(At(box, wanted)).Voxels.Contains(label) || box.Extent.Count > MostSearched) return wanted;
        int[] voxels = read(box).Voxels;
        int size = box.Extent[box.Rank - 1] * box.Extent[box.Rank - 2];
        int most = Enumerable.Range(0, voxels.Length / size).MaxBy(index => voxels.AsSpan(index * size, size).Count(label));
        for (int axis = wanted.Length - 1; axis >= 0; axis--)
        {
            wanted[axis] = box.Lower[axis] + (most % box.Extent[axis]);
            most /= box.Extent[axis];
        }

        return wanted;
    }

    private static Block At(Block box, int[] plane)
    {
        var (lower, upper) = (box.Lower.ToArray(), box.Upper.ToArray());
        for (int axis = 0; axis < plane.Length; axis++) (lower[axis], upper[axis]) = (plane[axis], plane[axis] + 1);
        return new Block(lower, upper);
    }
}
