namespace Morula.Fitting;

/// <summary>Quantiles of a few numbers.</summary>
internal static class Quantile
{
    /// <summary>The number at a share of the way through the sorted ones, between neighbours linearly; NaN of none.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return double.NaN;
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
