using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class TiffDescriptionTests
{
    [Theory]
    [InlineData("unit=micron", 2, 0.5)]
    [InlineData("unit=um", 2, 0.5)]
    [InlineData("unit=\u00B5m", 2, 0.5)]
    [InlineData("unit=\\u00B5m", 2, 0.5)]
    [InlineData("unit=microns", 2, 0.5)]
    [InlineData("unit=nm", 0.002, 0.0005)]
    [InlineData("unit=mm", 2000, 500)]
    [InlineData("unit=cm", 20000, 5000)]
    [InlineData("unit=inch", 50800, 12700)]
    [InlineData("unit=pixel", 2, 0.5)]
    [InlineData("unit=furlong", 2, 0.5)]
    [InlineData("loop=false", 2, 0.5)]
    [InlineData("unit=um\nzunit=nm", 0.002, 0.5)]
    public void Units_become_micrometres(string unit, double z, double x)
    {
        using var folder = new TemporaryFolder();
        string text = $"ImageJ=1.53t\nimages=2\nslices=2\nspacing=2.0\n{unit}\n";
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 4, Height = 3, Description = text, Resolution = (2, 1), Planes = [new byte[12], new byte[12]] });
        Assert.Equal(new Spacing(z, x, x), VolumeFile.ReadInfo(folder["a.tif"]).Spacing);
    }

    [Theory]
    [InlineData("finterval=30.0", 30)]
    [InlineData("finterval=0.5\ntunit=min", 30)]
    [InlineData("finterval=250\ntunit=ms", 0.25)]
    [InlineData("finterval=0.0", 1)]
    [InlineData("finterval=NaN", 1)]
    [InlineData("fps=7", 1)]
    public void Frame_intervals_become_seconds(string interval, double seconds)
    {
        using var folder = new TemporaryFolder();
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 4, Height = 3, Description = $"ImageJ=1.53t\nimages=2\nframes=2\nspacing=-1.5\n{interval}\n", Planes = [new byte[12], new byte[12]] });
        Assert.Equal(new Spacing(seconds, 1.5, 1, 1), VolumeFile.ReadInfo(folder["a.tif"]).Spacing);
    }

    [Theory]
    [InlineData(3, 40000, 1, 0.25)]
    [InlineData(2, 72, 1, 1)]
    [InlineData(1, 4, 1, 1)]
    [InlineData(3, 0, 0, 1)]
    public void A_plain_file_is_believed_in_centimetres_only(int unit, uint numerator, uint denominator, double x)
    {
        using var folder = new TemporaryFolder();
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 4, Height = 3, Resolution = (numerator, denominator), ResolutionUnit = unit, Planes = [new byte[12]] });
        Assert.Equal(new Spacing(x, x), VolumeFile.ReadInfo(folder["a.tif"]).Spacing);
    }

    [Theory]
    [InlineData("ImageJ=1.53t\nimages=6\nchannels=2\nslices=3\n", 2, 1, 3)]
    [InlineData("ImageJ=1.53t\nimages=6\n", 1, 1, 6)]
    [InlineData("ImageJ=1.53t\nimages=6\nframes=3\n", 1, 3, 2)]
    [InlineData("{\"shape\": [3, 2, 3, 4], \"axes\": \"TCYX\"}", 2, 3, 1)]
    [InlineData("{\"shape\": [6, 3, 4], \"axes\": \"QYX\"}", 1, 1, 6)]
    public void Raw_planes_may_follow_a_single_page(string description, int channels, int frames, int slices)
    {
        using var folder = new TemporaryFolder();
        byte[] voxels = [.. Enumerable.Range(0, 72).Select(index => (byte)index)];
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 4, Height = 3, Description = description, Planes = [voxels] });
        VolumeInfo info = VolumeFile.ReadInfo(folder["a.tif"]);
        Assert.Equal((channels, frames, slices), (info.Channels, info.Frames, info.Slices));
        for (int channel = 0; channel < channels; channel++)
        {
            float[] expected = [.. voxels.Where((_, index) => index / 12 % channels == channel).Select(value => (float)value)];
            Assert.Equal(expected, VolumeFile.ReadImage(folder["a.tif"], channel).Voxels);
        }
    }

    [Fact]
    public void Pages_of_OME_may_lie_anywhere()
    {
        using var folder = new TemporaryFolder();
        const string Text = "<OME xmlns=\"x\"><Image><Pixels DimensionOrder=\"XYZCT\" SizeX=\"2\" SizeY=\"1\" SizeZ=\"2\" SizeC=\"1\" SizeT=\"2\">"
            + "<TiffData FirstT=\"1\" IFD=\"0\" PlaneCount=\"2\"/><TiffData FirstZ=\"1\" IFD=\"2\"/><TiffData IFD=\"3\"/></Pixels></Image></OME>";
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 2, Height = 1, Description = Text, Planes = [[1, 2], [3, 4], [5, 6], [7, 8]] });
        Assert.Equal([7, 8, 5, 6, 1, 2, 3, 4], VolumeFile.ReadImage(folder["a.tif"]).Voxels);
    }

    [Theory]
    [InlineData("<TiffData IFD=\"0\" PlaneCount=\"3\"/>", "no page for plane 3")]
    [InlineData("<TiffData IFD=\"1\" PlaneCount=\"4\"/>", "names page 4")]
    [InlineData("<TiffData FirstZ=\"2\"/>", "FirstZ 2")]
    [InlineData("<TiffData IFD=\"first\"/>", "no number as IFD")]
    public void Wrong_lists_of_OME_pages_are_refused(string runs, string reason)
    {
        using var folder = new TemporaryFolder();
        string text = $"<OME><Pixels SizeZ=\"2\" SizeC=\"1\" SizeT=\"2\">{runs}</Pixels></OME>";
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 2, Height = 1, Description = text, Planes = [[1, 2], [3, 4], [5, 6], [7, 8]] });
        Assert.Contains(reason, Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadImage(folder["a.tif"])).Message, StringComparison.Ordinal);
    }
}
