using Morula.Reports;
using Morula.Volumes;
using SkiaSharp;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class SliceFigureTests
{
    [Fact]
    public void Three_planes_keep_physical_proportions()
    {
        // 20 x 40 x 80 µm: white planes of 80, 80 and 20 µm in width, 40, 20 and 40 µm in height.
        var image = Ramp(new Extent(5, 20, 40), new Spacing(4, 2, 2));
        using SKBitmap figure = Decode(SliceFigure.Orthogonal(image, null, 1008));
        Assert.Equal(1008, figure.Width);
        double scale = (1008 - 48) / 180.0;
        int middle = figure.Height - 12 - (int)(20 * scale);
        Assert.Equal([80 * scale, 80 * scale, 20 * scale], Runs(figure, middle).Select(width => (double)width), (expected, found) => Math.Abs(expected - found) <= 2);
    }

    [Fact]
    public void A_cell_shows_its_colour_where_it_lies()
    {
        var image = Ramp(new Extent(8, 8), Spacing.Unit(2));
        var labels = new LabelVolume(image.Extent, image.Spacing);
        labels.Voxels[(1 * 8) + 6] = 5;
        using SKBitmap figure = Decode(SliceFigure.Orthogonal(image, labels, 824));
        LabelColour colour = LabelColour.Of(5);
        var (left, top, right, bottom) = Bounds(figure, new SKColor(colour.Red, colour.Green, colour.Blue));
        Assert.Equal((12 + 600, 12 + 700 - 1), (left, right));
        Assert.Equal((38 + 100, 38 + 200 - 1), (top, bottom));
    }

    [Fact]
    public void A_comparison_shows_the_image_alone_then_truth_and_prediction()
    {
        var image = Ramp(new Extent(3, 10, 10), Spacing.Unit(3));
        var truth = new LabelVolume(image.Extent, image.Spacing);
        var prediction = new LabelVolume(image.Extent, image.Spacing);
        truth.Voxels[155] = 1;
        prediction.Voxels[155] = 2;
        using SKBitmap figure = Decode(SliceFigure.Comparison(image, truth, prediction, 648));
        Assert.InRange(Bounds(figure, Colour(1)).Left, 224, 435);
        Assert.InRange(Bounds(figure, Colour(2)).Left, 436, 648);

        static SKColor Colour(int label) => new(LabelColour.Of(label).Red, LabelColour.Of(label).Green, LabelColour.Of(label).Blue);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_rank_has_a_picture_and_the_same_one_each_time(int rank)
    {
        int[] sizes = [3, 4, 20, 30];
        var image = Ramp(new Extent(sizes.AsSpan(4 - rank)), Spacing.Unit(rank));
        var labels = new LabelVolume(image.Extent, image.Spacing, [.. image.Voxels.Select(value => (int)value % 4)]);
        Assert.Equal(SliceFigure.Orthogonal(image, labels, 300), SliceFigure.Orthogonal(image, labels, 300));
    }

    [Fact]
    public void Constant_and_broken_images_have_pictures()
    {
        var extent = new Extent(4, 4);
        Assert.NotEmpty(SliceFigure.Orthogonal(new Volume(extent, Spacing.Unit(2)), null, 200));
        float[] broken = [.. Enumerable.Repeat(float.NaN, 16)];
        Assert.NotEmpty(SliceFigure.Orthogonal(new Volume(extent, Spacing.Unit(2), broken), null, 200));
    }

    [Fact]
    public void Labels_of_another_extent_are_refused()
    {
        var image = Ramp(new Extent(4, 4), Spacing.Unit(2));
        var labels = new LabelVolume(new Extent(4, 5), Spacing.Unit(2));
        Assert.Throws<ArgumentException>(() => SliceFigure.Orthogonal(image, labels));
        Assert.Throws<ArgumentException>(() => SliceFigure.Orthogonal(new Volume(new Extent(4), Spacing.Unit(1)), null));
    }

    private static Volume Ramp(Extent extent, Spacing spacing) => new(extent, spacing, [.. Enumerable.Range(0, (int)extent.Count).Select(index => (float)index)]);

    private static SKBitmap Decode(byte[] png) => SKBitmap.Decode(png);

    // Lengths of the runs of what is not the white of the page, along one row.
    private static List<int> Runs(SKBitmap figure, int row)
    {
        var runs = new List<int>();
        int length = 0;
        for (int column = 0; column <= figure.Width; column++)
        {
            bool isPaper = column == figure.Width || figure.GetPixel(column, row) == SKColors.White;
            if (isPaper && length > 3) runs.Add(length);
            length = isPaper ? 0 : length + 1;
        }

        return runs;
    }

    private static (int Left, int Top, int Right, int Bottom) Bounds(SKBitmap figure, SKColor colour)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (int row = 0; row < figure.Height; row++)
        {
            for (int column = 0; column < figure.Width; column++)
            {
                if (figure.GetPixel(column, row) != colour) continue;
                (left, top, right, bottom) = (Math.Min(left, column), Math.Min(top, row), Math.Max(right, column), Math.Max(bottom, row));
            }
        }

        return (left, top, right, bottom);
    }
}
