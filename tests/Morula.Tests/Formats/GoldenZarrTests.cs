using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>Stores written by zarr-python and zarrita (Golden/zarr/made_by.txt).</summary>
public sealed class GoldenZarrTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", "zarr");

    public static TheoryData<string> Arrays =>
    [
        .. ((string[])["codecs2.zarr", "codecs3.zarr"]).SelectMany(store => Directory.GetDirectories(Path.Combine(Folder, store))
            .Select(array => Path.GetRelativePath(Folder, array))).Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Arrays))]
    public void Every_packing_type_and_order_is_read(string name)
    {
        (int most, Func<int, int, float?> gap) = Path.GetFileName(name) switch
        {
            "type_u1" or "byte" => (251, None),
            "type_i1" => (120, None),
            "type_i2" => (30000, None),
            "missing" => (60000, (y, x) => y >= 16 || x >= 16 ? 7 : null),
            "sharded" or "sharded_start" => (60000, (y, x) => y >= 16 && x >= 16 ? 3 : null),
            _ => (60000, (Func<int, int, float?>)None),
        };
        using var source = VolumeSource.OpenImage(Path.Combine(Folder, name));
        Assert.Equal(new Extent(2, 20, 30), source.Extent);
        float[] expected = [.. Enumerable.Range(0, 1200).Select(voxel => gap(voxel / 30 % 20, voxel % 30) ?? voxel / 3 % most)];
        Assert.Equal(expected, source.ReadImage(source.Extent.Whole).Voxels);
        Volume part = source.ReadImage(new Block([1, 3, 14], [2, 18, 17]));
        Assert.Equal(new Volume(source.Extent, Spacing.Unit(3), expected).Crop(new Block([1, 3, 14], [2, 18, 17])).Voxels, part.Voxels);

        static float? None(int y, int x) => null;
    }

    [Fact]
    public void There_are_arrays_of_both_versions() => Assert.InRange(Arrays.Count, 40, 60);

    [Fact]
    public void An_image_of_channels_states_its_steps_and_labels()
    {
        string path = Path.Combine(Folder, "image2.ome.zarr");
        VolumeInfo info = VolumeFile.ReadInfo(path);
        Assert.Equal(("TCZYX", new Extent(2, 3, 5, 7), 2), (info.Axes, info.Extent, info.Channels));
        Assert.Equal(new Spacing(120, 1.5, 0.25, 0.2), info.Spacing);
        Assert.Equal("Zarr 2, OME-Zarr 0.4, level 0 of 2, chunks of 1 x 1 x 2 x 4 x 4, blosc", info.Layout);
        float[] frame = VolumeFile.ReadImage(path, channel: 1, frame: 1).Voxels;
        Assert.Equal(Enumerable.Range(315, 105).Select(index => (float)index), frame);
        Assert.Equal((new Extent(2, 3, 3, 4), 0.4), (VolumeFile.ReadInfo(path + "/1").Extent, VolumeFile.ReadInfo(path + "/1").Spacing[3]));
        LabelVolume cells = VolumeFile.ReadLabels(path + "/labels/cells");
        Assert.Equal(Enumerable.Range(0, 105).Select(index => index * 1000), cells.Voxels);
        Assert.Equal((new Spacing(1.5, 0.25, 0.2), "cells"), (cells.Spacing, VolumeName.Of(path + "/labels/cells")));
        Assert.Contains("cells", Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadInfo(path + "/labels")).Message, StringComparison.Ordinal);
    }
}
