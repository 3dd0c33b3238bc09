using Morula.Reports;
using Morula.Volumes;
using SkiaSharp;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class CellPictureTests
{
    private static readonly SKColor Orange = new(0xE6, 0x9F, 0x00);

    [Fact]
    public void The_chosen_cell_has_a_strong_outline_and_its_neighbours_none_of_that_colour()
    {
        LabelVolume labels = TwoCells();
        using SKBitmap picture = SKBitmap.Decode(CellPicture.Draw(null, [new Outline(labels, Outline.Found, new HashSet<int> { 2 }) { Width = 2 }], 200));
        Assert.Equal((200, 100), (picture.Width, picture.Height));

        // Ten pixels a voxel: cell 2 lies in the columns 120 to 179 and the rows 20 to 79.
        (int X, int Y)[] strong = [.. from y in Enumerable.Range(0, 100) from x in Enumerable.Range(0, 200) where picture.GetPixel(x, y) == Orange select (x, y)];
        Assert.Equal((120, 179, 20, 79), (strong.Min(p => p.X), strong.Max(p => p.X), strong.Min(p => p.Y), strong.Max(p => p.Y)));
        Assert.Equal((60 * 60) - (56 * 56), strong.Length);
    }

    [Fact]
    public void Without_an_image_the_ground_is_plain_and_with_one_it_is_grey_by_intensity()
    {
        var none = new Outline(new LabelVolume(new Extent(10, 20), Spacing.Unit(2)), Outline.Truth, new HashSet<int>());
        using SKBitmap plain = SKBitmap.Decode(CellPicture.Draw(null, [none], 200));
        Assert.Single(plain.Pixels.Distinct());
        float[] ramp = [.. Enumerable.Range(0, 200).Select(index => (float)(index % 20))];
        using SKBitmap grey = SKBitmap.Decode(CellPicture.Draw(new Volume(new Extent(10, 20), Spacing.Unit(2), ramp), [none], 200));
        Assert.True(grey.GetPixel(5, 50).Red < 20 && grey.GetPixel(195, 50).Red > 235);
        Assert.All(grey.Pixels, pixel => Assert.True(pixel.Red == pixel.Green && pixel.Green == pixel.Blue));
    }

    [Theory, Ranks]
    public void A_window_is_one_plane_that_shows_the_cell_and_lies_inside(int rank)
    {
        var random = new Random(rank);
        for (int round = 0; round < 100; round++)
        {
            int[] sizes = [.. Enumerable.Range(0, rank).Select(_ => random.Next(3, 9))];
            var labels = new LabelVolume(new Extent(sizes), Spacing.Unit(rank));
            foreach (int index in Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(labels.Voxels.Length))) labels.Voxels[index] = 7;
            LabelledCell cell = Assert.Single(labels.Cells());
            int[] middle = [.. cell.Box.Lower.ToArray().Zip(cell.Box.Upper.ToArray(), (lower, upper) => (lower + upper) / 2)];
            Block window = CellWindow.Of(7, cell.Box, middle, labels.Extent, labels.Spacing, labels.Crop);
            Assert.Equal(window, window.ClipTo(labels.Extent));
            Assert.All(window.Extent.Sizes[..^2].ToArray(), size => Assert.Equal(1, size));
            Assert.Contains(7, labels.Crop(window).Voxels);
        }
    }

    [Fact]
    public void The_middle_plane_is_shown_where_the_cell_is_in_it_else_that_with_most_of_it()
    {
        var labels = new LabelVolume(new Extent(5, 4, 4), Spacing.Unit(3));
        (labels.Voxels[0], labels.Voxels[64], labels.Voxels[65]) = (3, 3, 3);
        Block box = Assert.Single(labels.Cells()).Box;
        Assert.Equal(4, CellWindow.Of(3, box, [2, 0, 0], labels.Extent, labels.Spacing, labels.Crop).Lower[0]);
        labels.Voxels[32] = 3;
        Assert.Equal(2, CellWindow.Of(3, box, [2, 0, 0], labels.Extent, labels.Spacing, labels.Crop).Lower[0]);
    }

    private static LabelVolume TwoCells()
    {
        var labels = new LabelVolume(new Extent(10, 20), Spacing.Unit(2));
        for (int row = 2; row < 8; row++)
        {
            for (int column = 2; column < 8; column++) (labels.Voxels[(row * 20) + column], labels.Voxels[(row * 20) + column + 10]) = (1, 2);
        }

        return labels;
    }
}
