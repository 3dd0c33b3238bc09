using ScottPlot;

namespace Morula.Reports;

/// <summary>How many values lie where, as PNG.</summary>
public static class HistogramFigure
{
    /// <summary>Draws a bar for every bin.</summary>
    /// <param name="xLabel">What the values are, with unit.</param>
    /// <param name="yLabel">What is counted.</param>
    /// <param name="values">The values; those outside the range are counted in the first or the last bin, what is no number is left out.</param>
    /// <param name="lower">Lower end of the first bin.</param>
    /// <param name="upper">Upper end of the last bin, above <paramref name="lower"/>.</param>
    /// <param name="bins">Number of bins, from 1.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">The range is empty or there is no bin.</exception>
    public static byte[] Draw(
        string xLabel, string yLabel, IEnumerable<double> values, double lower, double upper, int bins = 20, int width = 720, int height = 260)
    {
        int[] counts = Count(values, lower, upper, bins);
        double step = (upper - lower) / bins;
        using var plot = new Plot();
        plot.Add.Bars((Bar[])[.. counts.Select((count, bin) => new Bar
        {
            Position = lower + ((bin + 0.5) * step), Value = count, Size = step * 0.92, FillColor = Color.FromHex("#0072B2"), LineWidth = 0,
        })]);
        plot.XLabel(xLabel, 16);
        plot.YLabel(yLabel, 16);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Left.TickLabelStyle.FontSize = 14;
        plot.Axes.SetLimits(lower, upper, 0, 1.1 * Math.Max(1, counts.Max()));
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericFixedInterval((upper - lower) / 10);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Font.Set(Lettering.Family);
        return plot.GetImageBytes(width, height, ImageFormat.Png);
    }

    /// <summary>Number of values in each bin.</summary>
    internal static int[] Count(IEnumerable<double> values, double lower, double upper, int bins)
    {
        if (!(upper > lower) || bins < 1) throw new ArgumentException($"{bins} bins from {lower} to {upper} hold nothing.", nameof(bins));
        var counts = new int[bins];
        foreach (double value in values.Where(value => !double.IsNaN(value)))
            counts[(int)Math.Clamp(Math.Floor((value - lower) / (upper - lower) * bins), 0, bins - 1)]++;
        return counts;
    }
}
