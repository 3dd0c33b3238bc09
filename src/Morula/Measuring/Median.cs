namespace Morula.Measuring;

/// <summary>The middle of numbers.</summary>
internal static class Median
{
    /// <summary>The middle one, or the mean of the two in the middle; of at least one number.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
