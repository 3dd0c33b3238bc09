using Morula.Reports;
using SkiaSharp;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class CurveFigureTests
{
    private static readonly SKColor Blue = SKColor.Parse("#0072B2");
    private static readonly SKColor Vermilion = SKColor.Parse("#D55E00");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_series_is_drawn_in_its_colour(bool isLogarithmic)
    {
        CurveSeries[] series = [new("a", [0, 1, 2], [1, 10, 100]), new("b", [0, 1, 2], [50, 5, 0.5])];
        using SKBitmap figure = SKBitmap.Decode(CurveFigure.Draw("Losses", "step", "loss", series, isLogarithmic, 400, 300));
        Assert.Equal((400, 300), (figure.Width, figure.Height));
        Assert.InRange(figure.Pixels.Count(pixel => pixel == Blue), 100, 10000);
        Assert.InRange(figure.Pixels.Count(pixel => pixel == Vermilion), 100, 10000);
    }

    [Fact]
    public void Values_that_are_not_finite_leave_gaps()
    {
        double[] steps = [.. Enumerable.Range(0, 100)];
        int whole = Count(new CurveSeries("a", steps, steps));
        int gap = Count(new CurveSeries("a", steps, [.. steps.Select(step => step is > 30 and < 70 ? double.NaN : step)]));
        Assert.InRange(gap, whole / 3, whole * 4 / 5);

        static int Count(CurveSeries series)
        {
            using SKBitmap figure = SKBitmap.Decode(CurveFigure.Draw("", "x", "y", [series], false, 400, 300));
            return figure.Pixels.Count(pixel => pixel == Blue);
        }
    }

    [Fact]
    public void Empty_axes_and_series_without_a_value_are_no_fault()
    {
        Assert.NotEmpty(CurveFigure.Draw("Losses", "step", "loss", [], true));
        Assert.NotEmpty(CurveFigure.Draw("Losses", "step", "loss", [new("a", [0, 1], [0, double.NaN]), new("b", [], [])], true));
        Assert.NotEmpty(CurveFigure.Draw("Losses", "step", "loss", [new("a", [0], [3])], true));
    }

    [Fact]
    public void A_series_without_one_value_per_position_is_refused() =>
        Assert.Throws<ArgumentException>(() => CurveFigure.Draw("", "", "", [new("a", [1, 2], [1])]));

    [Theory]
    [InlineData(-2, 1, new[] { "0.01", "0.1", "1", "10" })]
    [InlineData(-0.6, -0.5, new[] { "0.26", "0.27", "0.28", "0.29", "0.3", "0.31" })]
    [InlineData(-6, -2, new[] { "1e-6", "1e-5", "1e-4", "0.001", "0.01" })]
    public void Ticks_of_powers_stand_at_round_values(double least, double most, string[] expected) =>
        Assert.Equal(expected, PowerTicks.Between(least, most).Select(tick => tick.Label).OfType<string>());

    [Fact]
    public void Ticks_stand_where_their_label_says()
    {
        foreach (double most in (double[])[-0.4, 0.5, 2.5, 6])
            Assert.All(PowerTicks.Between(-0.6, most).Where(tick => tick.Label is not null), tick => Assert.Equal(double.Parse(tick.Label!), Math.Pow(10, tick.Place), 1e-9 * Math.Pow(10, tick.Place)));
    }
}
