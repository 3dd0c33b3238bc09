using System.IO.Compression;
using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>Volumes that are written while they are made, block by block.</summary>
public sealed class PieceWritingTests
{
    public static TheoryData<string> Names => ["a.tif", "a.ome.tif", "a.mha", "a.inr", "a.inr.gz", "a.npy", "a.nii", "a.nii.gz"];

    [Theory, MemberData(nameof(Names))]
    public void The_file_is_that_of_a_volume_in_memory(string name)
    {
        using var folder = new TemporaryFolder();
        foreach (int[] sizes in (int[][])[[9, 17], [6, 9, 17], [3, 5, 9, 17]])
        {
            if (sizes.Length == 4 && name.Contains(".inr", StringComparison.Ordinal)) continue;
            var (extent, spacing) = (new Extent(sizes), new Spacing(new[] { 30, 2, 0.5, 0.25 }.AsSpan(4 - sizes.Length)));
            var labels = new LabelVolume(extent, spacing, [.. Enumerable.Range(0, (int)extent.Count).Select(index => index * 31 % 70001)]);
            var image = new Volume(extent, spacing, [.. labels.Voxels.Select(label => label / 7f)]);
            VolumeFile.Write(folder[name], labels);
            byte[] whole = Bytes(folder[name]);
            VolumeFile.WriteLabels(folder[name], extent, spacing, labels.Voxels.Max(), labels.Crop, Extent.Cube(sizes.Length, 4));
            Assert.Equal(whole, Bytes(folder[name]));
            VolumeFile.Write(folder[name], image, VoxelType.UInt16);
            whole = Bytes(folder[name]);
            VolumeFile.WriteImage(folder[name], extent, spacing, VoxelType.UInt16, block => image.Crop(block));
            Assert.Equal(whole, Bytes(folder[name]));
        }
    }

    [Fact]
    public void Runs_of_any_length_meet_every_voxel_once_in_order()
    {
        var extent = new Extent(3, 7, 30, 41);
        foreach (int[] piece in (int[][])[[1, 1, 1, 1], [1, 4, 8, 8], [2, 3, 30, 41], [3, 7, 30, 41]])
        {
            var (asked, last) = (0L, -1L);
            long[] strides = extent.Strides();
            StoredVoxels voxels = StoredVoxels.Of("a", extent, Spacing.Unit(4), int.MaxValue, block =>
            {
                asked += block.Extent.Count;
                return Numbered(extent, strides, block);
            }) with { Piece = new Extent(piece) };
            var runs = new VoxelRuns(voxels);
            for (long start = 0; start < extent.Count; start += 1000)
            {
                var bytes = new byte[Math.Min(1000, extent.Count - start) * 4];
                runs.Read(start, bytes);
                for (int place = 0; place < bytes.Length; place += 4) Assert.Equal(++last, BitConverter.ToInt32(bytes, place));
            }

            Assert.Equal(extent.Count, asked);
        }
    }

    [Theory]
    [InlineData(new[] { 256, 1024, 1024 }, new[] { 1, 1024, 1024 }, new[] { 4, 1024, 1024 }, new[] { 4, 1024, 1024 })]
    [InlineData(new[] { 256, 1024, 1024 }, new[] { 64, 64, 64 }, new[] { 64, 64, 1024 }, new[] { 64, 1024, 1024 })]
    [InlineData(new[] { 64, 40000, 40000 }, new[] { 64, 64, 64 }, new[] { 64, 64, 1024 }, new[] { 1, 3355, 40000 })]
    [InlineData(new[] { 2, 50000, 50000 }, new[] { 1, 50000, 50000 }, new[] { 1, 83, 50000 }, new[] { 1, 83, 50000 })]
    [InlineData(new[] { 900, 10, 64, 64 }, new[] { 1, 1, 64, 64 }, new[] { 102, 10, 64, 64 }, new[] { 102, 10, 64, 64 })]
    public void What_is_asked_and_held_is_bounded(int[] sizes, int[] piece, int[] asked, int[] run)
    {
        Extent blocks = VoxelAsking.Asked(new Extent(sizes), new Extent(piece));
        Assert.Equal(new Extent(asked), blocks);
        Assert.Equal(new Extent(run), VoxelAsking.Run(new Extent(sizes), blocks, 2));
    }

    [Fact]
    public void Voxels_beyond_what_an_array_holds_are_met()
    {
        var extent = new Extent(300, 3000, 3000);
        StoredVoxels voxels = StoredVoxels.Of("a", extent, Spacing.Unit(3), 65535, block => new LabelVolume(block.Extent, Spacing.Unit(3), [.. Enumerable.Repeat(block.Lower[0], (int)block.Extent.Count)]));
        var bytes = new byte[2];
        new VoxelRuns(voxels).Read(299L * 9_000_000, bytes);
        Assert.Equal(299, BitConverter.ToUInt16(bytes));
    }

    [Fact]
    public void A_maker_that_fails_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in Names.Select(row => row.Data))
        {
            Assert.Throws<IOException>(() => VolumeFile.WriteImage(folder[name], new Extent(4, 5, 6), Spacing.Unit(3), VoxelType.UInt8, _ => throw new IOException("full")));
            Assert.Throws<ArgumentException>(() => VolumeFile.WriteLabels(folder[name], new Extent(4, 5, 6), Spacing.Unit(3), 9, block => new LabelVolume(block.Extent, Spacing.Unit(3), [.. Enumerable.Repeat(10, (int)block.Extent.Count)])));
        }

        Assert.Empty(folder.Names);
    }

    private static LabelVolume Numbered(Extent extent, long[] strides, Block block)
    {
        var voxels = new int[block.Extent.Count];
        int next = 0;
        foreach (Block voxel in block.Extent.Split(Extent.Cube(extent.Rank, 1)))
        {
            for (int axis = 0; axis < extent.Rank; axis++) voxels[next] += (int)((voxel.Lower[axis] + block.Lower[axis]) * strides[axis]);
            next++;
        }

        return new LabelVolume(block.Extent, Spacing.Unit(extent.Rank), voxels);
    }

    // ImageJ's range of display is not known beforehand of what is made in pieces, so TIFF is compared by its voxels' bytes.
    private static byte[] Bytes(string path)
    {
        if (path.EndsWith("a.tif", StringComparison.Ordinal)) return [.. VolumeFile.ReadImage(path).Voxels.SelectMany(BitConverter.GetBytes)];
        byte[] all = File.ReadAllBytes(path);
        if (!path.EndsWith(".gz", StringComparison.Ordinal)) return all;
        using var packed = new GZipStream(new MemoryStream(all), CompressionMode.Decompress);
        var raw = new MemoryStream();
        packed.CopyTo(raw);
        return raw.ToArray();
    }
}
