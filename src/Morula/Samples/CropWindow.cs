using System.Numerics;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Where a sample is cut from its image.</summary>
internal static class CropWindow
{
    /// <summary>Sizes of the window that a sample of <paramref name="shape"/> shows at a magnification; frames are not magnified.</summary>
    public static Extent Size(Extent shape, double magnification)
    {
        var sizes = shape.Sizes.ToArray();
        for (int axis = SpatialAxes.First(sizes.Length); axis < sizes.Length; axis++)
        {
            // A slice stays a slice: one voxel has no neighbour to come from.
            if (sizes[axis] > 1) sizes[axis] = Math.Max(1, (int)Math.Round(sizes[axis] / magnification));
        }

        return new Extent(sizes);
    }

    /// <summary>
    /// Draws a window: with probability <see cref="SampleOptions.CellShare"/> around a random cell, all of which lies inside where it
    /// fits, else anywhere. It stays inside the image where that is larger, and holds all of the image where it is smaller.
    /// </summary>
    public static Block Draw(ICropSource source, Extent size, SampleOptions options, Random random)
    {
        bool around = random.NextDouble() < options.CellShare && source.CellList.Count > 0;
        Block box = around ? Cell(source.CellList, options.SizeBalance, random).Box : source.Extent.Whole;
        var lower = new int[size.Rank];
        var upper = new int[size.Rank];
        for (int axis = 0; axis < lower.Length; axis++)
        {
            int room = source.Extent[axis] - size[axis];
            int slack = box.Upper[axis] - size[axis];
            int least = Math.Clamp(Math.Min(slack, box.Lower[axis]), Math.Min(0, room), Math.Max(0, room));
            int most = Math.Clamp(Math.Max(slack, box.Lower[axis]), least, Math.Max(0, room));
            lower[axis] = random.Next(least, most + 1);
            upper[axis] = lower[axis] + size[axis];
        }

        return new Block(lower, upper);
    }

    // Each cell as likely or, balanced, each class of size: cells of a class differ by less than a factor of two.
    private static LabelledCell Cell(CellList cells, double balance, Random random)
    {
        if (balance == 0 || random.NextDouble() >= balance) return cells[random.Next(cells.Count)];
        int[][] classes = [.. Enumerable.Range(0, cells.Count).GroupBy(cell => BitOperations.Log2((ulong)cells.VoxelsOf(cell))).OrderBy(group => group.Key).Select(group => group.ToArray())];
        int[] chosen = classes[random.Next(classes.Length)];
        return cells[chosen[random.Next(chosen.Length)]];
    }
}
