using Morula.Reports;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class LabelColourTests
{
    [Fact]
    public void Colours_of_the_first_hundred_labels_differ_and_so_do_neighbours_clearly()
    {
        LabelColour[] colours = [.. Enumerable.Range(1, 100).Select(LabelColour.Of)];
        Assert.Equal(100, colours.Distinct().Count());
        Assert.All(colours.Zip(colours.Skip(1)), pair => Assert.True(Distance(pair.First, pair.Second) > 60, $"{pair}"));
    }

    [Fact]
    public void Neighbours_differ_in_lightness_alone()
    {
        for (int label = 1; label < 100; label++)
            Assert.True(Math.Abs(Luma(LabelColour.Of(label)) - Luma(LabelColour.Of(label + 1))) > 8, $"{label}");
    }

    [Fact]
    public void No_colour_is_lost_on_black()
    {
        foreach (int label in (int[])[1, 2, 3, 50, 12345, int.MaxValue, -1]) Assert.InRange(Luma(LabelColour.Of(label)), 70, 255);
    }

    private static double Distance(LabelColour a, LabelColour b) =>
        Math.Sqrt(Math.Pow(a.Red - b.Red, 2) + Math.Pow(a.Green - b.Green, 2) + Math.Pow(a.Blue - b.Blue, 2));

    private static double Luma(LabelColour colour) => (0.2126 * colour.Red) + (0.7152 * colour.Green) + (0.0722 * colour.Blue);
}
