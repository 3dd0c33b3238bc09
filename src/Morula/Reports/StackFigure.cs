using ScottPlot;
using ScottPlot.TickGenerators;

namespace Morula.Reports;

/// <summary>Bars of several parts over a course of named moments, such as memory by stage, as PNG.</summary>
public static class StackFigure
{
    private const int MostNames = 24;

    // Okabe and Ito (2008), then lighter ones of the same hues.
    private static readonly string[] Palette =
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999", "#66AADD", "#F0A070", "#66C8A8", "#E6B8D0", "#F5D080", "#A8D8F5", "#CCCCCC", "#444444"];

    /// <summary>Draws one bar a moment, its parts on top of each other in the order of the series.</summary>
    /// <param name="title">Written above; may be empty.</param>
    /// <param name="yLabel">What the values are, with unit.</param>
    /// <param name="moments">Names of the bars.</param>
    /// <param name="parts">Name of each part and one value a moment.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">A part has not one value per moment.</exception>
    public static byte[] Draw(
        string title, string yLabel, IReadOnlyList<string> moments, IReadOnlyList<(string Name, double[] Values)> parts, int width = 1000, int height = 560)
    {
        using var plot = new Plot();
        var below = new double[moments.Count];
        for (int part = 0; part < parts.Count; part++)
        {
            if (parts[part].Values.Length != moments.Count)
                throw new ArgumentException($"{parts[part].Name} has {parts[part].Values.Length} values for {moments.Count} moments.", nameof(parts));
            AddPart(plot, parts[part], Palette[part % Palette.Length], below);
        }

        plot.Title(title, 20);
        plot.YLabel(yLabel, 17);
        plot.Axes.Left.TickLabelStyle.FontSize = 15;
        plot.Axes.Bottom.TickGenerator = Names(moments);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -45;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        plot.Axes.Bottom.MinimumSize = 130;
        plot.Axes.Margins(bottom: 0);
        plot.Legend.FontSize = 14;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Edge.Right);
        plot.Font.Set(Lettering.Family);
        return plot.GetImageBytes(width, height, ImageFormat.Png);
    }

    private static void AddPart(Plot plot, (string Name, double[] Values) part, string colour, double[] below)
    {
        var bars = new List<Bar>();
        for (int moment = 0; moment < below.Length; moment++)
        {
            double top = below[moment] + part.Values[moment];
            bars.Add(new Bar { Position = moment, ValueBase = below[moment], Value = top, FillColor = Color.FromHex(colour), LineWidth = 0, Size = 1 });
            below[moment] = top;
        }

        plot.Add.Bars(bars).LegendText = part.Name;
    }

    private static NumericManual Names(IReadOnlyList<string> moments)
    {
        var ticks = new NumericManual();
        int step = Math.Max(1, (moments.Count + MostNames - 1) / MostNames);
        for (int moment = 0; moment < moments.Count; moment += step) ticks.AddMajor(moment, moments[moment]);
        return ticks;
    }
}
