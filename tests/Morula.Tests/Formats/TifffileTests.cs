using System.Diagnostics;
using System.Globalization;
using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>What is written here is read by tifffile, where Debian's Python has it.</summary>
public sealed class TifffileTests
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import sys, tifffile
        import xml.etree.ElementTree as tree
        with tifffile.TiffFile(sys.argv[1]) as file:
            series = file.series[0]
            page = file.pages[0]
            if file.is_imagej:
                meta = file.imagej_metadata
                x, y = page.tags["XResolution"].value, page.tags["YResolution"].value
                steps = [meta.get("finterval", 1), meta.get("spacing", 1), y[1] / y[0], x[1] / x[0], meta["unit"]]
            else:
                pixels = tree.fromstring(file.ome_metadata)[0][0]
                steps = [pixels.get("TimeIncrement", 1), pixels.get("PhysicalSizeZ", 1), pixels.get("PhysicalSizeY"), pixels.get("PhysicalSizeX"), "micron"]
            print("kind", "imagej" if file.is_imagej else "ome" if file.is_ome else "neither", "big" if file.is_bigtiff else "classic")
            print("axes", series.axes, "x".join(str(size) for size in series.shape), series.dtype.name)
            print("steps", *steps)
            print("voxels", *series.asarray().ravel())
        """;

    public static TheoryData<string, int[], string> Cases => new()
    {
        { "a.tif", [5, 7], "YX" },
        { "a.tif", [3, 5, 7], "ZYX" },
        { "a.tif", [2, 3, 5, 7], "TZYX" },
        { "a.ome.tif", [5, 7], "YX" },
        { "a.ome.tif", [3, 5, 7], "ZYX" },
        { "a.ome.tif", [2, 3, 5, 7], "TZYX" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Images_are_read_alike(string name, int[] sizes, string axes)
    {
        using var folder = new TemporaryFolder();
        var (extent, spacing) = (new Extent(sizes), SpacingOf(sizes));
        float[] voxels = [.. Enumerable.Range(0, (int)extent.Count).Select(index => index * 0.75f)];
        foreach (VoxelType type in (VoxelType[])[VoxelType.UInt8, VoxelType.UInt16, VoxelType.Float32])
        {
            VolumeFile.Write(folder[name], new Volume(extent, spacing, voxels), type);
            float[] expected = type == VoxelType.Float32 ? voxels : [.. voxels.Select(voxel => MathF.Min(type == VoxelType.UInt8 ? 255 : 65535, MathF.Round(voxel)))];
            RequireRead(folder[name], axes, extent, spacing, type, expected);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Labels_are_read_alike(string name, int[] sizes, string axes)
    {
        using var folder = new TemporaryFolder();
        var (extent, spacing) = (new Extent(sizes), SpacingOf(sizes));
        int[] labels = [.. Enumerable.Range(0, (int)extent.Count)];
        VolumeFile.Write(folder[name], new LabelVolume(extent, spacing, labels));
        RequireRead(folder[name], axes, extent, spacing, VoxelType.UInt16, [.. labels]);
        labels[3] = 1 << 20;
        VolumeFile.Write(folder[name], new LabelVolume(extent, spacing, labels));
        RequireRead(folder[name], axes, extent, spacing, VoxelType.UInt32, [.. labels]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_widths_of_offsets_and_several_strips_are_read_alike(bool isBig)
    {
        using var folder = new TemporaryFolder();
        var (extent, spacing) = (new Extent(2, 3, 1_200_000), new Spacing(2, 0.3, 0.4));
        var format = StackFormat.Of("a.tif", extent, spacing, VoxelType.Float32, 0, 1) with { IsBigTiff = isBig };
        Assert.True(format.StripsPerPlane > 1);
        float[] voxels = new float[extent.Count];
        voxels[4_000_000] = 9;
        TiffWriter.Write(folder["a.tif"], format, StoredVoxels.Of("a.tif", new Volume(extent, spacing, voxels), VoxelType.Float32));
        string[] lines = Run(Script.Replace("*series.asarray().ravel()", "series.asarray().argmax(), series.asarray().sum()", StringComparison.Ordinal), folder["a.tif"]);
        Assert.Equal($"kind imagej {(isBig ? "big" : "classic")}", lines[0]);
        Assert.Equal("axes ZYX 2x3x1200000 float32", lines[1]);
        Assert.Equal("voxels 4000000 9.0", lines[3]);
    }

    private static Spacing SpacingOf(int[] sizes) => new(((double[])[90, 1.5, 0.1083, 0.25]).AsSpan(4 - sizes.Length));

    private static void RequireRead(string path, string axes, Extent extent, Spacing spacing, VoxelType type, float[] voxels)
    {
        string[] lines = Run(Script, path);
        Assert.Equal($"kind {(path.EndsWith(".ome.tif", StringComparison.Ordinal) ? "ome" : "imagej")} classic", lines[0]);
        Assert.Equal($"axes {axes} {string.Join('x', extent.Sizes.ToArray())} {type.ToString().ToLowerInvariant()}", lines[1]);
        double[] steps = [.. lines[2].Split(' ')[1..5].Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        Assert.Equal(spacing.Steps.ToArray(), steps[^extent.Rank..]);
        Assert.EndsWith(" micron", lines[2], StringComparison.Ordinal);
        Assert.Equal(voxels, lines[3].Split(' ')[1..].Select(word => float.Parse(word, CultureInfo.InvariantCulture)));
    }

    private static string[] Run(string script, string path)
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not here.");
        var start = new ProcessStartInfo(Python, ["-c", script, path]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(error.Result.Contains("ModuleNotFoundError", StringComparison.Ordinal), $"{Python} has no tifffile.");
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Split('\n');
    }
}
