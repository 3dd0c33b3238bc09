using System.Text;
using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class TiffFaultTests
{
    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Equal("no/such.tif: there is no such file.", Message(() => VolumeFile.ReadImage("no/such.tif")));
        Assert.Contains("extension '.png'", Message(() => VolumeFile.ReadImage("picture.png")), StringComparison.Ordinal);
        Assert.True(VolumeFile.IsSupported("a.OME.TIF"));
        Assert.False(VolumeFile.IsSupported("a.tif.gz"));
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["folder.tif"]);
        Message(() => VolumeFile.ReadImage(folder["folder.tif"]));
    }

    [Theory]
    [InlineData("", "too few")]
    [InlineData("These are words.", "not TIFF")]
    [InlineData("II*\0\0\0\0\0", "no pages")]
    [InlineData("II*\0\u00ff\u00ff\u00ff\u007f", "outside the file")]
    public void What_is_no_image_is_refused(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.tif"], Encoding.Latin1.GetBytes(content));
        Assert.Contains(reason, Message(() => VolumeFile.ReadImage(folder["a.tif"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Voxels_that_are_not_finite_are_counted_and_placed()
    {
        using var folder = new TemporaryFolder();
        float[] voxels = new float[24];
        (voxels[17], voxels[20]) = (float.NaN, float.PositiveInfinity);
        byte[] bytes = new byte[96];
        Buffer.BlockCopy(voxels, 0, bytes, 0, 96);
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 4, Height = 3, Bits = 32, Format = 3, Planes = [bytes[..48], bytes[48..]] });
        Assert.EndsWith("2 voxels are not finite numbers, the first (NaN) at Z 1, Y 1, X 1; replace them.", Message(() => VolumeFile.ReadImage(folder["a.tif"])), StringComparison.Ordinal);
        var volume = new Volume(new Extent(2, 3, 4), Spacing.Unit(3), voxels);
        Assert.Throws<ArgumentException>(() => VolumeFile.Write(folder["b.tif"], volume));
    }

    [Fact]
    public void A_negative_label_is_not_written()
    {
        using var folder = new TemporaryFolder();
        var labels = new LabelVolume(new Extent(1, 2), Spacing.Unit(2), [0, -1]);
        Assert.Throws<ArgumentException>(() => VolumeFile.Write(folder["b.tif"], labels));
        Assert.Throws<ArgumentException>(() => VolumeFile.Write(folder["b.png"], labels));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Pages_of_different_sizes_are_refused()
    {
        using var folder = new TemporaryFolder();
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 4, Height = 3, Planes = [new byte[12], new byte[12]], HeightOfLast = 2 });
        Assert.Contains("page 1 is 2 x 4 UInt8 but page 0 is 3 x 4 UInt8", Message(() => VolumeFile.ReadImage(folder["a.tif"])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_pages_that_returns_is_refused()
    {
        using var folder = new TemporaryFolder();
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 4, Height = 3, Planes = [new byte[12], new byte[12]], LastReturns = true });
        Assert.Contains("comes back", Message(() => VolumeFile.ReadImage(folder["a.tif"])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000_000_000, 2_000_000_000, 1)]
    [InlineData(60_000, 60_000, 8)]
    [InlineData(100_000, 3, 5)]
    public void Absurd_sizes_reserve_nothing(int width, int height, int compression)
    {
        using var folder = new TemporaryFolder();
        HandmadeTiff.Write(folder["a.tif"], new() { Width = width, Height = height, Compression = compression, Planes = [new byte[12]] });
        long before = GC.GetAllocatedBytesForCurrentThread();
        Message(() => VolumeFile.ReadImage(folder["a.tif"]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("ImageJ=1.53t\nimages=7\nslices=3\nframes=2\n", "7 images")]
    [InlineData("ImageJ=1.53t\nimages=-7\n", "images=-7")]
    [InlineData("ImageJ=1.53t\nimages=99999\n", "ends after 2")]
    [InlineData("{\"shape\": [3, 3, 4]}", "ends after 2")]
    [InlineData("{\"shape\": [2, 4, 3], \"axes\": \"ZXY\"}", "axes ZXY")]
    [InlineData("{\"shape\": [2, 1, 3, 4], \"axes\": \"EZYX\"}", "axis E")]
    [InlineData("<?xml?><OME", "no valid XML")]
    [InlineData("<OME xmlns=\"x\"><BinaryOnly/></OME>", "no pixels")]
    [InlineData("<OME><Pixels SizeT=\"2\" SizeC=\"1\"/></OME>", "no SizeZ")]
    [InlineData("<OME><Pixels DimensionOrder=\"XYCCT\" SizeT=\"1\" SizeC=\"1\" SizeZ=\"1\"/></OME>", "DimensionOrder")]
    public void A_description_that_contradicts_the_file_is_refused(string description, string reason)
    {
        using var folder = new TemporaryFolder();
        HandmadeTiff.Write(folder["a.tif"], new() { Width = 4, Height = 3, Description = description, Planes = [new byte[24]] });
        Assert.Contains(reason, Message(() => VolumeFile.ReadImage(folder["a.tif"])), StringComparison.Ordinal);
    }

    private static string Message(Action read)
    {
        string message = Assert.Throws<VolumeFormatException>(read).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
