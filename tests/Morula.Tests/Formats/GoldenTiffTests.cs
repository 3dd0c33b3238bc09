using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>Files written by tifffile and libtiff (Golden/make_tiff.py), whose voxels follow a formula.</summary>
public sealed class GoldenTiffTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Formats", "Golden");

    public static TheoryData<string> Names => [.. Records().Keys.Where(name => name != "zstd.tif")];

    [Theory, MemberData(nameof(Names))]
    public void Every_voxel_is_as_the_formula_says(string name)
    {
        (string type, Dictionary<char, int> sizes) = Records()[name];
        int Size(char axis) => sizes.GetValueOrDefault(axis, 1);
        string path = Path.Combine(Folder, name);
        VolumeInfo info = VolumeFile.ReadInfo(path);
        Assert.Equal((Size('c'), Size('t'), Size('z')), (info.Channels, info.Frames, info.Slices));
        Assert.Equal(type, info.Type.ToString().ToLowerInvariant());
        for (int channel = 0; channel < info.Channels; channel++)
        {
            Volume volume = VolumeFile.ReadImage(path, channel, rank: 4);
            Assert.Equal(new Extent(Size('t'), Size('z'), Size('y'), Size('x')), volume.Extent);
            Assert.Equal(Expected(type, channel, volume.Extent), volume.Voxels);
            Volume last = VolumeFile.ReadImage(path, channel, info.Frames - 1, rank: 4);
            Assert.Equal(volume.Voxels[^last.Voxels.Length..], last.Voxels);
        }
    }

    [Theory]
    [InlineData("imagej_tzcyx.tif", "TZCYX", new[] { 30, 1.5, 0.5, 0.25 })]
    [InlineData("imagej_big_endian_nm.tif", "ZYX", new[] { 1, 0.75, 0.2, 0.1 })]
    [InlineData("ome_ctz.ome.tif", "CTZYX", new[] { 30, 1.5, 0.5, 0.25 })]
    [InlineData("ome_zct.ome.tif", "ZCTYX", new[] { 1.0, 1, 1, 1 })]
    [InlineData("shape_ztyx.tif", "ZTYX", new[] { 1.0, 1, 1, 1 })]
    [InlineData("rgb.tif", "ZYXC", new[] { 1.0, 1, 1, 1 })]
    [InlineData("rgb_separate.tif", "ZCYX", new[] { 1.0, 1, 1, 1 })]
    [InlineData("plain.tif", "ZYX", new[] { 1.0, 1, 1, 1 })]
    public void Axes_and_spacing_are_as_stated(string name, string axes, double[] spacing)
    {
        string path = Path.Combine(Folder, name);
        VolumeInfo info = VolumeFile.ReadInfo(path);
        Assert.Equal(axes, info.Axes);
        Assert.Equal(new Spacing(spacing), VolumeFile.ReadImage(path, frame: 0, rank: 4).Spacing);
        Assert.Equal(info.Spacing, new Spacing(spacing.AsSpan(4 - info.Extent.Rank)));
        Assert.Equal(spacing[3] != 1, info.IsCalibrated);
    }

    [Theory]
    [InlineData("uint32.tif")]
    [InlineData("lzw_predictor.tif")]
    [InlineData("bigtiff.tif")]
    public void Integers_are_labels(string name)
    {
        LabelVolume labels = VolumeFile.ReadLabels(Path.Combine(Folder, name), rank: 4);
        Assert.Equal(Expected(Records()[name].Type, 0, labels.Extent), labels.Voxels.Select(label => (float)label));
    }

    [Theory]
    [InlineData("int8.tif", "below 0")]
    [InlineData("int64_big_endian.tif", "below 0")]
    [InlineData("float64.tif", "Float64")]
    [InlineData("rgb.tif", "3 channels")]
    public void What_cannot_be_labels_is_refused(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadLabels(Path.Combine(Folder, name))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_compression_that_is_not_read_is_named()
    {
        string message = Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(Path.Combine(Folder, "zstd.tif"))).Message;
        Assert.Contains("Zstandard", message, StringComparison.Ordinal);
        Assert.Contains("save the file with deflate", message, StringComparison.Ordinal);
    }

    internal static Dictionary<string, (string Type, Dictionary<char, int> Sizes)> Records() =>
        File.ReadLines(Path.Combine(Folder, "made_by.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => (parts[1], parts[2..].ToDictionary(part => part[0], part => int.Parse(part[2..]))));

    private static float[] Expected(string type, int channel, Extent extent)
    {
        var voxels = new float[extent.Count];
        int next = 0;
        for (int t = 0; t < extent[0]; t++)
        {
            for (int z = 0; z < extent[1]; z++)
            {
                for (int y = 0; y < extent[2]; y++)
                {
                    for (int x = 0; x < extent[3]; x++) voxels[next++] = Stored(type, ((((((((t * 7) + z) * 5) + channel) * 11) + y) * 13) + x) % 251);
                }
            }
        }

        return voxels;
    }

    private static float Stored(string type, int value) => type switch
    {
        "uint8" => value,
        "uint16" => value * 200,
        "uint32" => value * 100000,
        "int8" or "int16" or "int32" or "int64" => value - 125,
        _ => (value / 4f) - 10,
    };
}
