using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Makes one voxel of each box of a grid: boxes lie side by side, those at the far ends may be smaller.</summary>
internal static class Pooling
{
    private delegate TVoxel Choice<TVoxel>(ReadOnlySpan<TVoxel> box);

    /// <summary>The mean of each box.</summary>
    public static float[] Means(float[] voxels, Extent extent, int[] factors) => Pool(voxels, extent, factors, Mean);

    /// <summary>The most frequent label of each box; of several the one that comes first.</summary>
    public static int[] Labels(int[] voxels, Extent extent, int[] factors) => Pool(voxels, extent, factors, MostFrequent);

    private static TVoxel[] Pool<TVoxel>(TVoxel[] voxels, Extent extent, int[] factors, Choice<TVoxel> choose)
    {
        int rank = extent.Rank;
        var target = new TVoxel[new Extent([.. factors.Select((factor, axis) => (extent[axis] + factor - 1) / factor)]).Count];
        int columns = (extent[rank - 1] + factors[^1] - 1) / factors[^1];
        long[] strides = extent.Strides();
        Extent leading = new(extent.Sizes[..^1]);
        Block[] rows = [.. leading.Split(new Extent(factors.AsSpan(0, rank - 1)))];
        Parallel.For(0, rows.Length, row =>
        {
            long[] starts = [.. rows[row].Extent.Split(Extent.Cube(rank - 1, 1)).Select(line => Start(rows[row], line, strides))];
            var box = new TVoxel[starts.Length * factors[^1]];
            for (int column = 0; column < columns; column++)
            {
                int from = column * factors[^1];
                int wide = Math.Min(factors[^1], extent[rank - 1] - from);
                for (int line = 0; line < starts.Length; line++) voxels.AsSpan((int)starts[line] + from, wide).CopyTo(box.AsSpan(line * wide));
                target[((long)row * columns) + column] = choose(box.AsSpan(0, starts.Length * wide));
            }
        });
        return target;
    }

    private static long Start(Block rows, Block line, long[] strides)
    {
        long start = 0;
        for (int axis = 0; axis < line.Rank; axis++) start += (rows.Lower[axis] + line.Lower[axis]) * strides[axis];
        return start;
    }

    private static float Mean(ReadOnlySpan<float> box)
    {
        double sum = 0;
        foreach (float voxel in box) sum += voxel;
        return (float)(sum / box.Length);
    }

    private static int MostFrequent(ReadOnlySpan<int> box)
    {
        var (best, times) = (box[0], 0);
        foreach (int label in box)
        {
            int count = box.Count(label);
            if (count > times) (best, times) = (label, count);
        }

        return best;
    }
}
