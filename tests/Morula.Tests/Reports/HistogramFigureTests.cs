using Morula.Reports;
using SkiaSharp;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class HistogramFigureTests
{
    [Fact]
    public void Every_value_is_in_one_bin()
    {
        var random = new Random(3);
        for (int round = 0; round < 50; round++)
        {
            int bins = random.Next(1, 12);
            double[] values = [.. Enumerable.Range(0, 40).Select(_ => Math.Round((random.NextDouble() * 6) - 1, 1)), double.NaN, double.PositiveInfinity];
            int[] slow = [.. Enumerable.Range(0, bins).Select(bin => values.Count(value => IsIn(value, bin, bins)))];
            Assert.Equal(slow, HistogramFigure.Count(values, 0, 4, bins));
        }
    }

    [Fact]
    public void A_range_without_width_is_refused()
    {
        Assert.Throws<ArgumentException>(() => HistogramFigure.Count([1], 2, 2, 3));
        Assert.Throws<ArgumentException>(() => HistogramFigure.Draw("x", "y", [1], 0, 1, 0));
    }

    [Fact]
    public void A_picture_has_the_size_that_is_asked_for()
    {
        using SKBitmap picture = SKBitmap.Decode(HistogramFigure.Draw("score", "cells", [0.2, 0.9, 0.95], 0, 1, 10, 500, 200));
        Assert.Equal((500, 200), (picture.Width, picture.Height));
        Assert.Contains(new SKColor(0x00, 0x72, 0xB2), picture.Pixels);
    }

    private static bool IsIn(double value, int bin, int bins)
    {
        if (double.IsNaN(value)) return false;
        double place = value / 4 * bins;
        return (bin == 0 || place >= bin) && (bin == bins - 1 || place < bin + 1);
    }
}
