namespace Morula.Samples;

/// <summary>Percentiles of the finite values of an image, from at most a quarter of a million evenly scattered voxels.</summary>
internal static class Percentiles
{
    private const int Most = 1 << 18;

    /// <summary>Two percentiles in [0, 100]; where they coincide, the least and greatest value; zeros without any finite value.</summary>
    public static (float Low, float High) Of(float[] voxels, double low, double high)
    {
        float[] sorted = Scattered(voxels);
        if (sorted.Length == 0) return (0, 0);
        Array.Sort(sorted);
        var (from, to) = (At(sorted, low), At(sorted, high));
        if (to > from) return (from, to);
        var finite = voxels.Where(float.IsFinite);
        return (finite.Min(), finite.Max());
    }

    private static float At(float[] sorted, double percentile)
    {
        double position = percentile / 100 * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return (float)(sorted[below] + ((position - below) * ((double)sorted[above] - sorted[below])));
    }

    // One voxel out of each run of equal length, at a place that follows the golden ratio: an even step could meet the
    // same column of every row.
    private static float[] Scattered(float[] voxels)
    {
        int count = Math.Min(voxels.Length, Most);
        double run = (double)voxels.Length / Math.Max(1, count);
        var chosen = new List<float>(count);
        double place = 0;
        for (int index = 0; index < count; index++)
        {
            place = (place + 0.6180339887498949) % 1;
            float value = voxels[Math.Min(voxels.Length - 1, (int)((index + (run > 1 ? place : 0)) * run))];
            if (float.IsFinite(value)) chosen.Add(value);
        }

        return [.. chosen];
    }
}
