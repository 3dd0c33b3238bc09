using System.Runtime.InteropServices;

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
        ReadOnlySpan<float> values = CollectionsMarshal.AsSpan(chosen);
        int[] counts = CountByKey(values);
        return (At(values, counts, low), At(values, counts, high));
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

    private static float At(ReadOnlySpan<float> values, int[] counts, double percentile)
    {
        double position = percentile / 100 * (values.Length - 1);
        int below = (int)position;
        float lower = Ranked(values, counts, below);
        float upper = below + 1 < values.Length ? Ranked(values, counts, below + 1) : lower;
        return (float)(lower + ((position - below) * ((double)upper - lower)));
    }

    /// <summary>The value of a rank from 0: only those that share its key are sorted.</summary>
    private static float Ranked(ReadOnlySpan<float> values, int[] counts, int rank)
    {
        int key = 0;
        for (; rank >= counts[key]; key++) rank -= counts[key];
        var alike = new List<float>(counts[key]);
        foreach (float value in values)
        {
            if (Key(value) == key) alike.Add(value);
        }

        alike.Sort();
        return alike[rank];
    }

    private static int[] CountByKey(ReadOnlySpan<float> values)
    {
        var counts = new int[1 << 16];
        foreach (float value in values) counts[Key(value)]++;
        return counts;
    }

    /// <summary>The first sixteen bits of a number that grows with the value: a lesser key means a lesser value.</summary>
    private static int Key(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (int)(((bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000) >> 16);
    }
}
