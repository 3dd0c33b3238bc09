using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class VolumeFileTests
{
    public static TheoryData<int[], double[]> Shapes => new()
    {
        { [5, 7], [0.3, 0.25] },
        { [3, 5, 7], [1.5, 0.1083, 0.1083] },
        { [2, 3, 5, 7], [90, 1, 0.1, 0.2] },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void An_image_comes_back_as_written(int[] sizes, double[] steps)
    {
        using var folder = new TemporaryFolder();
        Volume volume = Make(sizes, steps);
        foreach (string name in (string[])["a.tif", "a.ome.tif", "A.TIFF"])
        {
            VolumeFile.Write(folder[name], volume);
            Volume read = VolumeFile.ReadImage(folder[name]);
            Assert.Equal(volume.Extent, read.Extent);
            Assert.Equal(volume.Spacing, read.Spacing);
            Assert.Equal(volume.Voxels, read.Voxels);
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Labels_come_back_as_written(int[] sizes, double[] steps)
    {
        using var folder = new TemporaryFolder();
        var extent = new Extent(sizes);
        foreach (int most in (int[])[65535, 65536])
        {
            int[] voxels = [.. Enumerable.Range(0, (int)extent.Count)];
            voxels[^1] = most;
            VolumeFile.Write(folder["l.tif"], new LabelVolume(extent, new Spacing(steps), voxels));
            LabelVolume read = VolumeFile.ReadLabels(folder["l.tif"]);
            Assert.Equal(extent, read.Extent);
            Assert.Equal(new Spacing(steps), read.Spacing);
            Assert.Equal(voxels, read.Voxels);
            Assert.Equal(most > 65535 ? VoxelType.UInt32 : VoxelType.UInt16, VolumeFile.ReadInfo(folder["l.tif"]).Type);
        }
    }

    [Fact]
    public void Integers_are_rounded_and_clamped()
    {
        using var folder = new TemporaryFolder();
        var volume = new Volume(new Extent(1, 6), Spacing.Unit(2), [-3, 0.4f, 0.6f, 254.7f, 300, 70000]);
        VolumeFile.Write(folder["8.tif"], volume, VoxelType.UInt8);
        VolumeFile.Write(folder["16.tif"], volume, VoxelType.UInt16);
        Assert.Equal([0, 0, 1, 255, 255, 255], VolumeFile.ReadImage(folder["8.tif"]).Voxels);
        Assert.Equal([0, 0, 1, 255, 300, 65535], VolumeFile.ReadImage(folder["16.tif"]).Voxels);
        Assert.Throws<ArgumentOutOfRangeException>(() => VolumeFile.Write(folder["x.tif"], volume, VoxelType.Int32));
        Assert.Equal(["16.tif", "8.tif"], folder.Names.Order());
    }

    [Fact]
    public void A_rank_adds_and_drops_axes_of_one()
    {
        using var folder = new TemporaryFolder();
        VolumeFile.Write(folder["plane.tif"], Make([4, 6], [0.5, 0.5]));
        Assert.Equal(new Extent(4, 6), VolumeFile.ReadImage(folder["plane.tif"]).Extent);
        Assert.Equal(new Extent(1, 4, 6), VolumeFile.ReadImage(folder["plane.tif"], rank: 3).Extent);
        Assert.Equal(new Extent(1, 1, 4, 6), VolumeFile.ReadImage(folder["plane.tif"], rank: 4).Extent);
        VolumeFile.Write(folder["one.tif"], Make([1, 3, 4, 6], [30, 2, 0.5, 0.5]));
        Assert.Equal(new Extent(3, 4, 6), VolumeFile.ReadImage(folder["one.tif"]).Extent);
        Assert.Equal(new Spacing(30, 2, 0.5, 0.5), VolumeFile.ReadImage(folder["one.tif"], rank: 4).Spacing);
        VolumeFile.Write(folder["flat.tif"], Make([3, 1, 4, 6], [30, 2, 0.5, 0.5]));
        Assert.Equal(new Extent(3, 1, 4, 6), VolumeFile.ReadImage(folder["flat.tif"]).Extent);
        Assert.Contains("rank 3", Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(folder["flat.tif"], rank: 3)).Message, StringComparison.Ordinal);
        Assert.Contains("rank 2", Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(folder["one.tif"], rank: 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_frame_of_a_movie_is_a_volume()
    {
        using var folder = new TemporaryFolder();
        Volume movie = Make([3, 2, 4, 6], [30, 2, 0.5, 0.5]);
        VolumeFile.Write(folder["movie.tif"], movie);
        Volume frame = VolumeFile.ReadImage(folder["movie.tif"], frame: 2);
        Assert.Equal(new Extent(2, 4, 6), frame.Extent);
        Assert.Equal(new Spacing(2, 0.5, 0.5), frame.Spacing);
        Assert.Equal(movie.Voxels[^48..], frame.Voxels);
        VolumeInfo info = VolumeFile.ReadInfo(folder["movie.tif"]);
        Assert.Equal(("TZYX", new Extent(3, 2, 4, 6), 1, 3, 2, true), (info.Axes, info.Extent, info.Channels, info.Frames, info.Slices, info.IsCalibrated));
        Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(folder["movie.tif"], frame: 3));
        Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(folder["movie.tif"], channel: 1));
    }

    [Fact]
    public void The_worm_is_read()
    {
        Volume image = VolumeFile.ReadImage(RealData.Require("celegans", "raw", "t024.tif"));
        Assert.Equal(new Extent(70, 256, 356), image.Extent);
        Assert.Equal(new Spacing(0.43, 0.18, 0.18), image.Spacing);
        LabelVolume labels = VolumeFile.ReadLabels(RealData.Require("celegans", "labels", "t024.tif"));
        Assert.Equal(new Extent(134, 205, 285), labels.Extent);
        Assert.Equal(0.2246, labels.Spacing[0]);
        Assert.InRange(labels.Cells().Count, 10, 1000);
    }

    [Fact]
    public void Every_published_file_opens()
    {
        Assert.SkipWhen(RealData.Folder is null, "shared/data is not here.");
        string[] paths = [.. Directory.EnumerateFiles(RealData.Folder!, "*.tif", SearchOption.AllDirectories)];
        Assert.All(paths, path => Assert.Equal(3, VolumeFile.ReadInfo(path).Extent.Rank));
    }

    private static Volume Make(int[] sizes, double[] steps)
    {
        var extent = new Extent(sizes);
        return new Volume(extent, new Spacing(steps), [.. Enumerable.Range(0, (int)extent.Count).Select(index => (index * 1.5f) - 3)]);
    }
}
