using ScottPlot;
using ScottPlot.TickGenerators;

namespace Morula.Reports;

/// <summary>Curves such as losses by step, as PNG. Lines differ by colour (Okabe and Ito's palette) and, where they have few points, by marker.</summary>
public static class CurveFigure
{
    // Okabe and Ito (2008), the yellow left out: it is too faint on white.
    private static readonly string[] Palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9"];

    // A broken line cannot be followed through noise, so patterns come only where colours run out.
    private static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle, MarkerShape.OpenSquare,
    ];

    /// <summary>Draws series over one pair of axes.</summary>
    /// <param name="title">Written above; may be empty.</param>
    /// <param name="xLabel">What the positions are, with unit.</param>
    /// <param name="yLabel">What the values are, with unit.</param>
    /// <param name="series">The curves; none gives empty axes.</param>
    /// <param name="isLogarithmic">Whether values are spaced by powers of ten; those not above 0 are then gaps.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">A series has not one value per position.</exception>
    public static byte[] Draw(
        string title, string xLabel, string yLabel, IReadOnlyList<CurveSeries> series, bool isLogarithmic = false, int width = 1000, int height = 560)
    {
        using var plot = new Plot();
        for (int index = 0; index < series.Count; index++) AddSeries(plot, series[index], index, isLogarithmic);
        plot.Title(title, 20);
        plot.XLabel(xLabel, 17);
        plot.YLabel(yLabel, 17);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 15;
        // Steps and frames are whole numbers, and so are their ticks.
        if (series.All(one => one.X.All(double.IsInteger))) plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Left.TickLabelStyle.FontSize = 15;
        if (isLogarithmic && plot.GetPlottables().Any()) UsePowers(plot);
        plot.Legend.FontSize = 15;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        if (series.Count > 1) plot.ShowLegend(Edge.Right);
        plot.Font.Set(Lettering.Family);
        return plot.GetImageBytes(width, height, ImageFormat.Png);
    }

    private static void UsePowers(Plot plot)
    {
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        var ticks = new NumericManual();
        foreach (var (place, label) in PowerTicks.Between(limits.Bottom, limits.Top))
        {
            if (label is null) ticks.AddMinor(place);
            else ticks.AddMajor(place, label);
        }

        plot.Axes.Left.TickGenerator = ticks;
    }

    private static void AddSeries(Plot plot, CurveSeries series, int index, bool isLogarithmic)
    {
        if (series.X.Length != series.Y.Length)
            throw new ArgumentException($"{series.Name} has {series.X.Length} positions but {series.Y.Length} values.", nameof(series));
        double[] values = isLogarithmic ? [.. series.Y.Select(value => value > 0 ? Math.Log10(value) : double.NaN)] : series.Y;
        values = [.. values.Select(value => double.IsFinite(value) ? value : double.NaN)];
        if (!values.Any(double.IsFinite)) return;
        var line = plot.Add.Scatter(series.X, values);
        line.LegendText = series.Name;
        line.Color = Color.FromHex(Palette[index % Palette.Length]);
        line.LineWidth = 2;
        line.LinePattern = Patterns[index / Palette.Length % Patterns.Length];
        line.MarkerSize = values.Count(double.IsFinite) <= 30 ? 8 : 0;
        line.MarkerShape = Markers[index % Markers.Length];
    }
}
