using CsCheck;
using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class TiffWriterTests
{
    [Fact]
    public void More_pages_than_a_short_counts_are_written_and_read()
    {
        using var folder = new TemporaryFolder();
        const int Pages = 33_500;
        var labels = new LabelVolume(new Extent(Pages, 1, 2), Spacing.Unit(3), [.. Enumerable.Range(0, Pages * 2)]);
        VolumeFile.Write(folder["many.tif"], labels);
        Assert.Equal(labels.Voxels, VolumeFile.ReadLabels(folder["many.tif"]).Voxels);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Large_planes_are_several_strips(bool isBig)
    {
        using var folder = new TemporaryFolder();
        var extent = new Extent(2, 1500, 1100);
        float[] voxels = [.. Enumerable.Range(0, (int)extent.Count).Select(index => (float)(index % 977))];
        StackFormat format = StackFormat.Of("big.tif", extent, new Spacing(2, 0.3, 0.4), VoxelType.Float32, 0, 976) with { IsBigTiff = isBig };
        Assert.Equal(2, format.StripsPerPlane);
        TiffWriter.Write(folder["big.tif"], format, StoredVoxels.Of("big.tif", new Volume(extent, new Spacing(2, 0.3, 0.4), voxels), VoxelType.Float32));
        Assert.Equal(isBig ? 43 : 42, File.ReadAllBytes(folder["big.tif"])[2]);
        Volume read = VolumeFile.ReadImage(folder["big.tif"]);
        Assert.Equal(voxels, read.Voxels);
        Assert.Equal(new Spacing(2, 0.3, 0.4), read.Spacing);
    }

    [Fact]
    public void Only_what_exceeds_4_gigabytes_is_BigTIFF()
    {
        Assert.False(Format(1000, 1000, 999).IsBigTiff);
        Assert.True(Format(1000, 1000, 1001).IsBigTiff);

        static StackFormat Format(int z, int y, int x) =>
            StackFormat.Of("a.tif", new Extent(z, y, x), Spacing.Unit(3), VoxelType.Float32, 0, 1);
    }

    [Fact]
    public void Fractions_are_near() => Gen.Double[1e-6, 1e6].Sample(value =>
    {
        (uint numerator, uint denominator) = NearestFraction.Of(value);
        Assert.InRange(((double)numerator / denominator / value) - 1, -1e-9, 1e-9);
    });

    [Theory]
    [InlineData(0.1083, 1083, 10000)]
    [InlineData(0.25, 1, 4)]
    [InlineData(3, 3, 1)]
    [InlineData(1e-12, 1, uint.MaxValue)]
    [InlineData(1e12, uint.MaxValue, 1)]
    public void Fractions_are_simple(double value, uint numerator, uint denominator) =>
        Assert.Equal((numerator, denominator), NearestFraction.Of(value));
}
