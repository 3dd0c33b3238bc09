using System.Globalization;

namespace Morula.Comparison;

/// <summary>A value over several seeds.</summary>
/// <param name="Mean">Mean of the values that are defined; null where none is.</param>
/// <param name="Deviation">Standard deviation of a sample (n - 1); null below two values.</param>
/// <param name="Count">Number of values that are defined.</param>
public sealed record Spread(double? Mean, double? Deviation, int Count)
{
    /// <summary>Mean and deviation of values; those that are not defined are left out.</summary>
    public static Spread Of(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>().Where(double.IsFinite)];
        if (known.Length == 0) return new Spread(null, null, 0);
        double mean = known.Average();
        double? deviation = known.Length < 2 ? null : Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)) / (known.Length - 1));
        return new Spread(mean, deviation, known.Length);
    }

    /// <summary>"0.812 ± 0.010", or the mean alone, or "-".</summary>
    public string Text(string format)
    {
        if (Mean is not { } mean) return "-";
        string text = mean.ToString(format, CultureInfo.InvariantCulture);
        return Deviation is { } deviation ? $"{text} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}" : text;
    }
}
