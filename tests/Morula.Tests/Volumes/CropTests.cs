using CsCheck;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Volumes;

public sealed class CropTests
{
    [Fact]
    public void A_crop_is_every_voxel_moved() => GridCases.Blocks.Sample((extent, block) =>
    {
        float[] voxels = GridCases.Intensities(extent, 3);
        Volume crop = new Volume(extent, Spacing.Unit(extent.Rank), voxels).Crop(block, fill: -7);
        Assert.Equal(block.Extent, crop.Extent);
        foreach (int[] position in GridCases.Positions(crop.Extent))
        {
            int[] source = [.. position.Select((index, axis) => index + block.Lower[axis])];
            float expected = GridCases.Contains(extent, source) ? voxels[GridCases.IndexOf(extent, source)] : -7;
            Assert.Equal(expected, crop.Voxels[GridCases.IndexOf(crop.Extent, position)]);
        }
    });

    [Fact]
    public void Outside_an_image_the_nearest_voxel_is_repeated() => GridCases.Blocks.Sample((extent, block) =>
    {
        float[] voxels = GridCases.Intensities(extent, 3);
        Volume crop = new Volume(extent, Spacing.Unit(extent.Rank), voxels).CropToEdge(block);
        Assert.Equal(block.Extent, crop.Extent);
        foreach (int[] position in GridCases.Positions(crop.Extent))
        {
            int[] source = [.. position.Select((index, axis) => Math.Clamp(index + block.Lower[axis], 0, extent[axis] - 1))];
            Assert.Equal(voxels[GridCases.IndexOf(extent, source)], crop.Voxels[GridCases.IndexOf(crop.Extent, position)]);
        }
    });

    [Fact]
    public void Outside_of_labels_is_background() => GridCases.Blocks.Sample((extent, block) =>
    {
        int[] voxels = GridCases.Labels(extent, 4);
        LabelVolume crop = new LabelVolume(extent, Spacing.Unit(extent.Rank), voxels).Crop(block);
        foreach (int[] position in GridCases.Positions(crop.Extent))
        {
            int[] source = [.. position.Select((index, axis) => index + block.Lower[axis])];
            int expected = GridCases.Contains(extent, source) ? voxels[GridCases.IndexOf(extent, source)] : 0;
            Assert.Equal(expected, crop.Voxels[GridCases.IndexOf(crop.Extent, position)]);
        }
    });

    [Fact]
    public void Intersection_holds_what_both_hold() => GridCases.Blocks.Sample((extent, block) =>
    {
        Block inside = block.ClipTo(extent);
        long shared = GridCases.Positions(block.Extent)
            .LongCount(position => GridCases.Contains(extent, [.. position.Select((index, axis) => index + block.Lower[axis])]));
        Assert.Equal(shared, inside.Extent.Count);
        Assert.Equal(shared == 0, inside.IsEmpty);
    });

    [Fact]
    public void Growing_and_shifting_go_back() => GridCases.Blocks.Sample((extent, block) =>
    {
        int[] margin = [.. Enumerable.Range(1, extent.Rank)];
        int[] back = [.. margin.Select(value => -value)];
        Assert.Equal(block, block.Grow(margin).Grow(back));
        Assert.Equal(block, block.Shift(margin).Shift(back));
        Assert.Equal(block.Extent, block.Shift(margin).Extent);
    });
}
