using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>OME-Zarr as this program writes it.</summary>
public sealed class ZarrTests
{
    private const int Mutants = 300;
    private const long MostBytes = 128 << 20;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_written_is_read(int version)
    {
        using var folder = new TemporaryFolder();
        foreach (int[] sizes in (int[][])[[5, 7], [70, 65, 67], [2, 3, 5, 7], [1, 1, 700, 3]])
        {
            var (extent, spacing) = (new Extent(sizes), new Spacing(new[] { 90, 1.5, 0.1083, 0.25 }.AsSpan(4 - sizes.Length)));
            var image = new Volume(extent, spacing, [.. Enumerable.Range(0, (int)extent.Count).Select(index => (float)(index % 251))]);
            foreach (VoxelType type in (VoxelType[])[VoxelType.UInt8, VoxelType.UInt16, VoxelType.Float32])
            {
                VolumeFile.Write(folder["a.npy"], image, type);
                using (var source = VolumeSource.OpenImage(folder["a.npy"], rank: sizes.Length)) VolumeFile.WriteImage(folder["b.zarr"], source, type, version);
                VolumeFile.WriteImage(folder["a.ome.zarr"], extent, spacing, type, block => image.Crop(block));
                Volume read = VolumeFile.ReadImage(folder["a.ome.zarr"], rank: sizes.Length);
                Assert.Equal(image.Voxels, read.Voxels);
                Assert.Equal((type, true, spacing), (VolumeFile.ReadInfo(folder["a.ome.zarr"]).Type, VolumeFile.ReadInfo(folder["a.ome.zarr"]).IsCalibrated, read.Spacing));
                Assert.Equal(image.Voxels, VolumeFile.ReadImage(folder["b.zarr"], rank: sizes.Length).Voxels);
                Assert.StartsWith($"Zarr {version}, OME-Zarr 0.{version + 2}, level 0 of", VolumeFile.ReadInfo(folder["b.zarr"]).Layout, StringComparison.Ordinal);
            }
        }

        Assert.Equal(("a", "a", "a"), (VolumeName.Of(folder["a.ome.zarr"]), VolumeName.Of(folder["a.ome.zarr/"]), VolumeName.Of(folder["a.ome.zarr/0"])));
    }

    [Fact]
    public void Blocks_equal_those_cut_from_the_whole()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(4);
        var extent = new Extent(3, 5, 130, 70);
        var image = new Volume(extent, Spacing.Unit(4), [.. Enumerable.Range(0, (int)extent.Count).Select(_ => (float)random.Next(60000))]);
        VolumeFile.Write(folder["a.zarr"], image, VoxelType.UInt16);
        using var source = VolumeSource.OpenImage(folder["a.zarr"]);
        Assert.Equal(1, source.Piece[0]);
        Parallel.For(0, 40, index =>
        {
            var draw = new Random(index);
            int[] lower = [.. extent.Sizes.ToArray().Select(size => draw.Next(size))];
            var block = new Block(lower, [.. lower.Select((from, axis) => draw.Next(from, extent[axis]) + 1)]);
            Assert.Equal(image.Crop(block).Voxels, source.ReadImage(block).Voxels);
        });
        Assert.Equal(image.Crop(new Block([1, 0, 0, 0], [2, 5, 130, 70])).Voxels, VolumeFile.ReadImage(folder["a.zarr"], frame: 1).Voxels);
    }

    [Fact]
    public void Levels_are_means_or_the_most_frequent_label_of_boxes()
    {
        using var folder = new TemporaryFolder();
        var (extent, random) = (new Extent(9, 131, 140), new Random(1));
        var spacing = new Spacing(1, 0.5, 0.5);
        var labels = new LabelVolume(extent, spacing, [.. Enumerable.Range(0, (int)extent.Count).Select(_ => random.Next(4) * 30000)]);
        var image = new Volume(extent, spacing, [.. labels.Voxels.Select(label => label / 7f)]);
        VolumeFile.Write(folder["labels.zarr"], labels);
        VolumeFile.Write(folder["image.zarr"], image);
        LabelVolume coarse = VolumeFile.ReadLabels(folder["labels.zarr/1"]);
        Volume means = VolumeFile.ReadImage(folder["image.zarr/1"]);
        Assert.Equal((new Extent(9, 66, 70), new Spacing(1, 1, 1)), (coarse.Extent, coarse.Spacing));
        int next = 0;
        foreach (Block box in extent.Split(new Extent(1, 2, 2)))
        {
            int[] inside = labels.Crop(box).Voxels;
            Assert.Equal(inside.GroupBy(label => label).MaxBy(group => group.Count())!.Key, coarse.Voxels[next]);
            Assert.Equal(image.Crop(box).Voxels.Average(), means.Voxels[next++], 1e-2f);
        }

        Assert.Equal(labels.Voxels, VolumeFile.ReadLabels(folder["labels.zarr"]).Voxels);
        Assert.Contains("image-label", File.ReadAllText(folder["labels.zarr/zarr.json"]), StringComparison.Ordinal);
        Assert.False(VolumeFile.Exists(folder["image.zarr/2"]));
    }

    [Fact]
    public void Stores_stand_where_files_do()
    {
        using var folder = new TemporaryFolder();
        for (int frame = 0; frame < 3; frame++)
            VolumeFile.Write(folder[$"movie/t{frame:000}.zarr"], new Volume(new Extent(2, 3, 4), Spacing.Unit(3), [.. Enumerable.Repeat(frame + 1f, 24)]), VoxelType.UInt8);
        File.WriteAllText(folder["movie/notes.txt"], "");
        Directory.CreateDirectory(folder["movie/.t009.zarr.1-1.tmp"]);
        FrameSequence many = FrameSequence.Open(folder["movie"]);
        Assert.Equal((3, "t001"), (many.Count, many.NameOf(1)));
        Assert.Equal(2, many.ReadImage(1).Voxels[0]);
        VolumeFile.Write(folder["one.ome.zarr"], new Volume(new Extent(3, 1, 3, 4), Spacing.Unit(4), [.. Enumerable.Range(0, 36).Select(index => (float)index)]), VoxelType.UInt8);
        FrameSequence one = FrameSequence.Open(folder["one.ome.zarr"]);
        Assert.Equal((3, 12f), (one.Count, one.ReadImage(1).Voxels[0]));
        Assert.Equal(["one.ome.zarr"], VolumeFile.InFolder(Path.GetDirectoryName(folder["x"])!).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_store()
    {
        using var folder = new TemporaryFolder();
        VolumeFile.Write(folder["a.zarr"], new Volume(new Extent(2, 3, 4), Spacing.Unit(3)), VoxelType.UInt8);
        Assert.Throws<IOException>(() => VolumeFile.WriteImage(folder["a.zarr"], new Extent(300, 300), Spacing.Unit(2), VoxelType.UInt8, _ => throw new IOException("full")));
        Assert.Equal(new Extent(2, 3, 4), VolumeFile.ReadInfo(folder["a.zarr"]).Extent);
        VolumeFile.Write(folder["a.zarr"], new Volume(new Extent(5, 6), Spacing.Unit(2)), VoxelType.UInt8);
        Assert.Equal(new Extent(5, 6), VolumeFile.ReadInfo(folder["a.zarr"]).Extent);
        Assert.Equal(["a.zarr"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(folder["a.zarr"])!).Select(path => Path.GetFileName(path)));
        Directory.CreateDirectory(folder["b.zarr"]);
        File.WriteAllText(folder["b.zarr/thesis.txt"], "");
        Assert.Contains("not replaced", Assert.Throws<IOException>(() => VolumeFile.Write(folder["b.zarr"], new Volume(new Extent(5, 6), Spacing.Unit(2)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_is_told_with_store_and_chunk()
    {
        using var folder = new TemporaryFolder();
        VolumeFile.Write(folder["a.zarr"], new Volume(new Extent(2, 3, 4), Spacing.Unit(3), [.. Enumerable.Range(1, 24).Select(index => (float)index)]), VoxelType.UInt8);
        string chunk = folder["a.zarr/0/c/0/0/0"];
        byte[] whole = File.ReadAllBytes(chunk);
        foreach (byte[] damaged in (byte[][])[[], whole[..^1], [.. whole.Select(value => (byte)~value)]])
        {
            File.WriteAllBytes(chunk, damaged);
            string message = Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(folder["a.zarr"])).Message;
            Assert.Contains(chunk, message, StringComparison.Ordinal);
            Assert.Contains("chunk 0 0 0", message, StringComparison.Ordinal);
        }

        File.Delete(chunk);
        Assert.All(VolumeFile.ReadImage(folder["a.zarr"]).Voxels, voxel => Assert.Equal(0, voxel));
        Assert.Contains("no such file", Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(folder["none.zarr"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutants_end_in_one_kind_of_error(int version)
    {
        using var folder = new TemporaryFolder();
        var (extent, random) = (new Extent(2, 5, 7), new Random(version));
        VolumeFile.Write(folder["a.npy"], new Volume(extent, Spacing.Unit(3), [.. Enumerable.Range(1, 70).Select(index => (float)index)]), VoxelType.UInt16);
        using (var source = VolumeSource.OpenImage(folder["a.npy"])) VolumeFile.WriteImage(folder["a.zarr"], source, VoxelType.UInt16, version);
        string[] files = Directory.GetFiles(folder["a.zarr"], "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });
        Assert.True(files.Length >= 3);
        int refused = 0;
        for (int mutant = 0; mutant < Mutants; mutant++)
        {
            string file = files[random.Next(files.Length)];
            byte[] whole = File.ReadAllBytes(file);
            File.WriteAllBytes(file, Mutate(whole, random));
            long before = GC.GetTotalAllocatedBytes();
            refused += IsRefused(folder["a.zarr"]) ? 1 : 0;
            Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostBytes);
            File.WriteAllBytes(file, whole);
        }

        Assert.InRange(refused, 1, Mutants - 1);
        Assert.False(IsRefused(folder["a.zarr"]));
    }

    // A sparse store may claim any size, so a block is read, not the whole.
    private static bool IsRefused(string path)
    {
        try
        {
            using var source = VolumeSource.OpenImage(path);
            source.ReadImage(new Block(new int[source.Extent.Rank], [.. source.Extent.Sizes.ToArray().Select(size => Math.Min(size, 8))]));
            return false;
        }
        catch (VolumeFormatException fault)
        {
            Assert.DoesNotContain('\n', fault.Message);
            return true;
        }
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        byte[] mutant = random.Next(8) == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
        for (int change = random.Next(1, 4); change > 0 && mutant.Length > 0; change--)
        {
            int place = random.Next(mutant.Length);
            mutant[place] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(mutant[place] ^ (1 << random.Next(8))), _ => (byte)"0123456789-{}[]\":,null"[random.Next(22)] };
        }

        return mutant;
    }
}
