using Morula.Cli;
using Morula.Formats;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class ConvertVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory, InlineData("image.mha"), InlineData("image.inr.gz"), InlineData("image.nii.gz"), InlineData("image.ome.tif")]
    public void An_image_keeps_its_voxels_spacing_and_type(string name)
    {
        var image = new Volume(new Extent(2, 3, 4), new Spacing(1, 0.5, 0.25), [.. Enumerable.Range(0, 24).Select(value => (float)(10 * value))]);
        VolumeFile.Write(folder["image.tif"], image, VoxelType.UInt8);
        Assert.Equal(ExitCode.Done, Run("convert", folder["image.tif"], folder[$"new/{name}"]).Code);
        VolumeInfo info = VolumeFile.ReadInfo(folder[$"new/{name}"]);
        Assert.Equal((VoxelType.UInt8, image.Extent, image.Spacing), (info.Type, info.Extent, info.Spacing));
        Assert.Equal(image.Voxels, VolumeFile.ReadImage(folder[$"new/{name}"]).Voxels);
    }

    [Fact]
    public void Labels_of_many_bits_stay_labels()
    {
        VolumeFile.Write(folder["labels.tif"], new LabelVolume(new Extent(1, 2, 2), Spacing.Unit(3), [0, 70_000, 3, 1]));
        Run("convert", folder["labels.tif"], folder["labels.npy"]);
        Assert.Equal([0, 70_000, 3, 1], VolumeFile.ReadLabels(folder["labels.npy"]).Voxels);
    }

    [Fact]
    public void What_cannot_be_converted_is_told_in_a_line_and_nothing_is_replaced()
    {
        VolumeFile.Write(folder["image.tif"], new Volume(new Extent(1, 2, 2), Spacing.Unit(3)));
        File.WriteAllText(folder["there.mha"], "mine");
        Assert.Contains("there is such a file already", Run("convert", folder["image.tif"], folder["there.mha"]).Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder["there.mha"]));
        Assert.Contains("is of a format that is not written", Run("convert", folder["image.tif"], folder["new.mhd"]).Error, StringComparison.Ordinal);
        Assert.Contains("would replace its source", Run("convert", folder["image.tif"], folder["image.tif"], "--overwrite").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_described()
    {
        VolumeFile.Write(folder["image.tif"], new Volume(new Extent(3, 2, 2), new Spacing(2, 0.5, 0.5)));
        string said = Run("info", folder["image.tif"]).Output;
        Assert.Contains("voxels:   3 x 2 x 2, Float32", said, StringComparison.Ordinal);
        Assert.Contains("spacing:  2 x 0.5 x 0.5 um", said, StringComparison.Ordinal);
        Assert.Contains("slices: 3", said, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static (int Code, string Output, string Error) Run(params string[] args) => TrainedFolder.Command(args);
}
