using System.Globalization;
using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>HDF5 of other programs (Golden/hdf5/make_hdf5.py), and what h5py and h5dump make of ours.</summary>
public sealed class Hdf5Tests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", "hdf5");
    private static readonly Spacing Steps = new(1.5, 0.2, 0.25);

    [Theory]
    [InlineData("contiguous.h5", VoxelType.UInt16)]
    [InlineData("gzip.h5", VoxelType.UInt16)]
    [InlineData("fletcher.h5", VoxelType.UInt16)]
    [InlineData("latest_fixed.h5", VoxelType.UInt16)]
    [InlineData("latest_extensible.h5", VoxelType.UInt16)]
    [InlineData("latest_tree.h5", VoxelType.UInt16)]
    [InlineData("big_endian_u2.h5", VoxelType.UInt16)]
    [InlineData("big_endian_i4.h5", VoxelType.Int32)]
    [InlineData("big_endian_f4.h5", VoxelType.Float32)]
    [InlineData("big_endian_f8.h5", VoxelType.Float64)]
    [InlineData("u4.h5", VoxelType.UInt32)]
    [InlineData("i8.h5", VoxelType.Int64)]
    [InlineData("u8.hdf5", VoxelType.UInt64)]
    [InlineData("f4.h5", VoxelType.Float32)]
    [InlineData("f8.h5", VoxelType.Float64)]
    public void Every_voxel_and_the_voxel_size_are_as_written(string name, VoxelType type)
    {
        string path = Path.Combine(Folder, name);
        Volume read = VolumeFile.ReadImage(path);
        Assert.Equal((new Extent(4, 9, 13), Steps), (read.Extent, read.Spacing));
        Assert.Equal(Ramp(468), read.Voxels);
        VolumeInfo info = VolumeFile.ReadInfo(path);
        Assert.Equal((type, "ZYX", true), (info.Type, info.Axes, info.IsCalibrated));
        if (type is not (VoxelType.Float32 or VoxelType.Float64)) Assert.Equal(Ramp(468), VolumeFile.ReadLabels(path).Voxels.Select(label => (float)label));
    }

    [Fact]
    public void Bytes_and_truth_values_are_read()
    {
        Assert.Equal(Ramp(468).Select(voxel => voxel % 100), VolumeFile.ReadImage(Path.Combine(Folder, "i1.h5")).Voxels);
        Assert.Equal(Enumerable.Range(0, 468).Select(voxel => voxel % 3 == 0 ? 1 : 0), VolumeFile.ReadLabels(Path.Combine(Folder, "bool.h5")).Voxels);
        Volume slice = VolumeFile.ReadImage(Path.Combine(Folder, "compact_u1.h5"));
        Assert.Equal((new Extent(9, 13), new Spacing(0.2, 0.25)), (slice.Extent, slice.Spacing));
        Assert.Equal(Ramp(117), slice.Voxels);
    }

    [Fact]
    public void Images_and_labels_of_one_file_are_told_apart()
    {
        string path = Path.Combine(Folder, "plantseg.h5");
        Assert.Equal(Ramp(468).Select(voxel => voxel / 2), VolumeFile.ReadImage(path).Voxels);
        Assert.Equal(Enumerable.Range(0, 468), VolumeFile.ReadLabels(path).Voxels);
        Assert.Equal(Enumerable.Range(1, 468), VolumeFile.ReadLabels(path + "/segmentation").Voxels);
        Assert.Equal("plantseg", VolumeName.Of(path + "/segmentation"));
        Assert.True(VolumeFile.IsSupported(path + "/raw") && VolumeFile.Exists(path + "/raw") && !VolumeFile.IsWritable(path + "/raw"));
    }

    [Fact]
    public void Axes_are_found_by_their_tags_and_labels()
    {
        string movie = Path.Combine(Folder, "ilastik.h5");
        Assert.Equal(("TZYX", 2, 1), (VolumeFile.ReadInfo(movie).Axes, VolumeFile.ReadInfo(movie).Frames, VolumeFile.ReadInfo(movie).Channels));
        Assert.Equal(Ramp(468).Select(voxel => voxel + 1), VolumeFile.ReadImage(movie, frame: 1).Voxels);
        foreach (string name in (string[])["turned.h5", "predictions.h5"])
        {
            VolumeInfo info = VolumeFile.ReadInfo(Path.Combine(Folder, name));
            Assert.Equal((name == "turned.h5" ? "XCYZ" : "CZYX", 2, new Extent(4, 9, 13)), (info.Axes, info.Channels, info.Extent));
            for (int channel = 0; channel < 2; channel++)
                Assert.Equal(Ramp(468).Select(voxel => voxel + channel), VolumeFile.ReadImage(Path.Combine(Folder, name), channel).Voxels);
        }
    }

    [Theory]
    [InlineData("gzip.h5")]
    [InlineData("contiguous.h5")]
    [InlineData("turned.h5")]
    [InlineData("latest_tree.h5")]
    public void Blocks_equal_those_cut_from_the_whole(string name)
    {
        Volume whole = VolumeFile.ReadImage(Path.Combine(Folder, name));
        using var source = VolumeSource.OpenImage(Path.Combine(Folder, name));
        Parallel.For(0, 60, seed =>
        {
            var random = new Random(seed);
            int[] lower = [.. whole.Extent.Sizes.ToArray().Select(size => random.Next(size))];
            var block = new Block(lower, [.. lower.Select((from, axis) => random.Next(from, whole.Extent[axis]) + 1)]);
            Assert.Equal(whole.Crop(block).Voxels, source.ReadImage(block).Voxels);
        });
    }

    [Theory]
    [InlineData("groups.h5", "volumes/first of 4 x 9 x 13")]
    [InlineData("groups.h5/volumes/third", "volumes/second of 4 x 9 x 13")]
    [InlineData("groups.h5/broken", "holds no dataset broken")]
    [InlineData("lzf.h5", "h5repack")]
    [InlineData("half.h5", "astype('float32')")]
    [InlineData("rank1.h5", "holds no dataset")]
    [InlineData("rank1.h5/raw", "1 axes")]
    [InlineData("none.h5", "no such file")]
    [InlineData("made_by.txt/raw", "not known")]
    public void What_cannot_be_read_is_said(string name, string part)
    {
        VolumeFormatException fault = Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(Path.Combine(Folder, name)));
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_and_datasets_in_groups_are_found_by_their_path()
    {
        string path = Path.Combine(Folder, "groups.h5");
        Assert.Equal(Ramp(468), VolumeFile.ReadImage(path + "/soft").Voxels);
        Assert.Equal(Ramp(468).Select(voxel => voxel + 1), VolumeFile.ReadImage(path + "/volumes/second").Voxels);
    }

    [Theory]
    [InlineData("loop_old.h5")]
    [InlineData("loop_new.h5")]
    public void Links_that_lead_to_themselves_are_borne(string name)
    {
        Assert.Equal(Ramp(468), VolumeFile.ReadImage(Path.Combine(Folder, name) + "/raw").Voxels);
        Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(Path.Combine(Folder, name) + "/loop"));
    }

    [Theory]
    [InlineData("itself")]
    [InlineData("there")]
    [InlineData("far")]
    [InlineData("inner/itself")]
    [InlineData("itself/raw")]
    public void Links_in_circles_end_in_an_error(string name)
    {
        string path = Path.Combine(Folder, "circles.h5");
        Assert.Contains("holds no dataset", Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage($"{path}/{name}")).Message, StringComparison.Ordinal);
        Assert.Equal(Ramp(468), VolumeFile.ReadImage(path + "/third").Voxels);
        Assert.Equal(Ramp(468), VolumeFile.ReadImage(path).Voxels);
    }

    [Fact]
    public void A_link_without_a_name_that_leads_to_it_is_borne()
    {
        // As damage makes it: name and target of the link 'itself' become empty, whatever the checksum of the header says.
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(Path.Combine(Folder, "circles.h5"));
        int name = bytes.AsSpan().IndexOf("itself"u8);
        Assert.Equal(6, bytes[name - 1]);
        bytes.AsSpan(name + 6, 2).Clear();
        bytes[name - 1] = 0;
        bytes.AsSpan(name, 2).Clear();
        File.WriteAllBytes(folder["damaged.h5"], bytes);
        Assert.Equal(Ramp(468), VolumeFile.ReadImage(folder["damaged.h5"] + "/inner/raw").Voxels);
    }

    [Fact]
    public void H5py_and_h5dump_read_what_is_written()
    {
        using var folder = new TemporaryFolder();
        foreach (int[] sizes in (int[][])[[5, 7], [3, 5, 7], [2, 3, 5, 7], [40, 200, 211], [2500, 2, 3, 2]])
        {
            var extent = new Extent(sizes);
            var spacing = new Spacing(((double[])[90, 1.5, 0.1083, 0.25]).AsSpan(4 - sizes.Length));
            foreach (VoxelType type in (VoxelType[])[VoxelType.UInt8, VoxelType.UInt16, VoxelType.Float32])
            {
                float[] voxels = [.. Enumerable.Range(0, (int)extent.Count).Select(index => (float)(index % 251))];
                VolumeFile.Write(folder["a.h5"], new Volume(extent, spacing, voxels), type);
                RequireRead(folder["a.h5"], "raw", extent, spacing, type, voxels);
                Volume read = VolumeFile.ReadImage(folder["a.h5"]);
                Assert.Equal(voxels, read.Voxels);
                Assert.Equal((extent, spacing), (read.Extent, read.Spacing));
            }

            int[] labels = [.. Enumerable.Range(0, (int)extent.Count)];
            labels[3] = 1 << 24;
            VolumeFile.Write(folder["a.h5"], new LabelVolume(extent, spacing, labels));
            RequireRead(folder["a.h5"], "label", extent, spacing, VoxelType.UInt32, [.. labels]);
        }
    }

    private static void RequireRead(string path, string name, Extent extent, Spacing spacing, VoxelType type, float[] voxels)
    {
        string[] lines = OutsidePython.Run("check_hdf5.py", path);
        Assert.Equal($"name {name}, axes {"tzyx"[(4 - extent.Rank)..]}, sizes {string.Join(' ', extent.Sizes.ToArray())}", string.Join(", ", lines[..3]));
        double[] steps = [.. Numbers(lines[3])];
        double[] inOrder = [.. steps[3..], .. steps[Math.Max(0, 3 - extent.Rank)..3]];
        Assert.Equal(spacing.Steps.ToArray(), inOrder);
        Assert.Equal($"type {type.ToString().ToLowerInvariant()}", lines[4]);
        Assert.StartsWith("packed gzip True", lines[5], StringComparison.Ordinal);
        double[] sums = [voxels.Sum(voxel => (double)voxel), voxels.Select((voxel, index) => (double)voxel * index).Sum()];
        Assert.Equal(sums, Numbers(lines[6]));
        Assert.Equal(voxels.Take(2000), Numbers(lines[7]).Select(number => (float)number));
    }

    private static IEnumerable<double> Numbers(string line) => line.Split(' ')[1..].Select(word => double.Parse(word, CultureInfo.InvariantCulture));

    private static float[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(index => (float)index)];
}
