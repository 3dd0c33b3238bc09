namespace Morula.Layers;

/// <summary>Mean and variance of the channels of feature maps, over space.</summary>
/// <param name="Means">One per channel.</param>
/// <param name="Variances">One per channel, not negative.</param>
public sealed record ChannelMoments(float[] Means, float[] Variances)
{
    /// <summary>The means of both numbers over several maps: what a map that is like all of them has.</summary>
    /// <exception cref="ArgumentException">No moments, or of different numbers of channels.</exception>
    public static ChannelMoments Average(IReadOnlyList<ChannelMoments> all)
    {
        if (all.Count == 0 || all.Any(one => one.Means.Length != all[0].Means.Length || one.Variances.Length != all[0].Means.Length))
            throw new ArgumentException("Moments of the same channels are expected, at least of one map.", nameof(all));
        return new ChannelMoments(Average(all, one => one.Means), Average(all, one => one.Variances));
    }

    private static float[] Average(IReadOnlyList<ChannelMoments> all, Func<ChannelMoments, float[]> numbers)
    {
        var sums = new double[numbers(all[0]).Length];
        foreach (ChannelMoments one in all)
            for (int channel = 0; channel < sums.Length; channel++) sums[channel] += numbers(one)[channel];
        return [.. sums.Select(sum => (float)(sum / all.Count))];
    }
}
