using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>Files read block by block.</summary>
public sealed class VolumeSourceTests
{
    public static TheoryData<string> Names => ["a.tif", "a.ome.tif", "a.mha", "a.inr", "a.inr.gz", "a.npy", "a.nii", "a.nii.gz", "a.h5"];

    [Theory, MemberData(nameof(Names))]
    public void Blocks_equal_those_cut_from_the_whole(string name)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(4);
        foreach (int[] sizes in (int[][])[[9, 17], [6, 9, 17], [3, 5, 9, 17]])
        {
            if (sizes.Length == 4 && name.Contains(".inr", StringComparison.Ordinal)) continue;
            Volume image = Noise(new Extent(sizes), random);
            VolumeFile.Write(folder[name], image, VoxelType.UInt16);
            using var source = VolumeSource.OpenImage(folder[name]);
            using var labels = VolumeSource.OpenLabels(folder[name]);
            Assert.Equal(image.Extent, source.Extent);
            Assert.Equal(image.Rank, source.Piece.Rank);

            // Backwards and forwards, which a packed file minds.
            for (int draw = 0; draw < 30; draw++)
            {
                Block block = Draw(image.Extent, random);
                Volume part = source.ReadImage(block);
                Assert.Equal(image.Crop(block).Voxels, part.Voxels);
                Assert.Equal(block.Extent, part.Extent);
                Assert.Equal(part.Voxels, labels.ReadLabels(block).Voxels.Select(label => (float)label));
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Several_threads_read_one_file(string name)
    {
        using var folder = new TemporaryFolder();
        Volume image = Noise(new Extent(12, 20, 31), new Random(1));
        VolumeFile.Write(folder[name], image, VoxelType.Float32);
        using var source = VolumeSource.OpenImage(folder[name]);
        Parallel.For(0, 64, index =>
        {
            Block block = Draw(image.Extent, new Random(index));
            Assert.Equal(image.Crop(block).Voxels, source.ReadImage(block).Voxels);
        });
    }

    [Theory]
    [InlineData("a.tif", false)]
    [InlineData("a.ome.zarr", false)]
    [InlineData("a.h5", false)]
    [InlineData("a.npy", false)]
    [InlineData("a.nii", false)]
    [InlineData("a.nii.gz", true)]
    [InlineData("a.inr.gz", true)]
    public void What_is_packed_in_one_piece_says_so(string name, bool expected)
    {
        using var folder = new TemporaryFolder();
        VolumeFile.Write(folder[name], new Volume(new Extent(4, 5, 6), Spacing.Unit(3)));
        using var source = VolumeSource.OpenImage(folder[name]);
        Assert.Equal(expected, source.IsSequential);
    }

    [Fact]
    public void A_block_outside_is_refused()
    {
        using var folder = new TemporaryFolder();
        VolumeFile.Write(folder["a.tif"], new Volume(new Extent(4, 5, 6), Spacing.Unit(3)));
        using var source = VolumeSource.OpenImage(folder["a.tif"]);
        Assert.Throws<ArgumentException>(() => source.ReadImage(new Block([0, 0, 0], [4, 5, 7])));
        Assert.Throws<ArgumentException>(() => source.ReadImage(new Block([-1, 0, 0], [4, 5, 6])));
        Assert.Throws<ArgumentException>(() => source.ReadImage(new Block([0, 0], [5, 6])));
    }

    private static Volume Noise(Extent extent, Random random) =>
        new(extent, Spacing.Unit(extent.Rank), [.. Enumerable.Range(0, (int)extent.Count).Select(_ => (float)random.Next(60000))]);

    private static Block Draw(Extent extent, Random random)
    {
        int[] lower = [.. extent.Sizes.ToArray().Select(size => random.Next(size))];
        return new Block(lower, [.. lower.Select((from, axis) => random.Next(from, extent[axis]) + 1)]);
    }
}
