namespace Morula.Samples;

/// <summary>Percentiles of the finite values of an image, from at most a quarter of a million evenly scattered voxels.</summary>
internal static class Percentiles
{
    private const int Most = 1 << 18;

    /// <summary>Two percentiles in [0, 100]; where they coincide, the least and greatest value; zeros without any finite value.</summary>
    public static (float Low, float High) Of(float[] voxels, double low, double high)
    {
        var chosen = new List<float>();
        foreach (long place in Places(voxels.Length))
        {
            if (float.IsFinite(voxels[place])) chosen.Add(voxels[place]);
        }

        if (chosen.Count == 0) return (0, 0);
        var (from, to) = Of(chosen, low, high);
        if (to > from) return (from, to);
        var finite = voxels.Where(float.IsFinite);
        return (finite.Min(), finite.Max());
    }

    /// <summary>Two percentiles of the finite values at <see cref="Places"/>, at least one.</summary>
    public static (float Low, float High) Of(List<float> chosen, double low, double high)
    {
        float[] sorted = [.. chosen];
        Array.Sort(sorted);
        return (At(sorted, low), At(sorted, high));
    }

    /// <summary>
    /// The voxels that stand for all, ascending: one out of each run of equal length, at a place that follows the golden ratio, since an
    /// even step could meet the same column of every row.
    /// </summary>
    public static IEnumerable<long> Places(long voxels)
    {
        int count = (int)Math.Min(voxels, Most);
        double run = (double)voxels / Math.Max(1, count);
        double place = 0;
        for (int index = 0; index < count; index++)
        {
            place = (place + 0.6180339887498949) % 1;
            yield return Math.Min(voxels - 1, (long)((index + (run > 1 ? place : 0)) * run));
        }
    }

    private static float At(float[] sorted, double percentile)
    {
        double position = percentile / 100 * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return (float)(sorted[below] + ((position - below) * ((double)sorted[above] - sorted[below])));
    }
}
