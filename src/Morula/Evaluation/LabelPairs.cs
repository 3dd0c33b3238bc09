using System.Runtime.InteropServices;

namespace Morula.Evaluation;

/// <summary>Counts equal pairs of numbers in two arrays of one length.</summary>
internal static class LabelPairs
{
    private const int ChunkVoxels = 1 << 18;

    /// <summary>Chunks are counted side by side; the sums are whole numbers, so their order does not matter.</summary>
    public static Dictionary<(int Truth, int Predicted), long> Count(int[] truth, int[] prediction)
    {
        var parts = new Dictionary<long, long>[((truth.Length - 1) / ChunkVoxels) + 1];
        Parallel.For(0, parts.Length, part =>
        {
            int start = part * ChunkVoxels;
            int length = Math.Min(ChunkVoxels, truth.Length - start);
            parts[part] = CountRuns(truth.AsSpan(start, length), prediction.AsSpan(start, length));
        });
        var pairs = new Dictionary<(int, int), long>();
        foreach (Dictionary<long, long> part in parts)
        {
            foreach (var (key, voxels) in part)
                CollectionsMarshal.GetValueRefOrAddDefault(pairs, ((int)(key >> 32), (int)key), out _) += voxels;
        }

        return pairs;
    }

    // Neighbours mostly hold the same pair: one look-up per run, not per voxel.
    private static Dictionary<long, long> CountRuns(ReadOnlySpan<int> truth, ReadOnlySpan<int> prediction)
    {
        var counts = new Dictionary<long, long>();
        for (int start = 0; start < truth.Length;)
        {
            int first = truth[start];
            int second = prediction[start];
            int end = start + 1;
            while (end < truth.Length && truth[end] == first && prediction[end] == second) end++;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, ((long)first << 32) | (uint)second, out _) += end - start;
            start = end;
        }

        return counts;
    }
}
