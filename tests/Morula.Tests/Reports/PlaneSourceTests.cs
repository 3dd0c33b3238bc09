using Morula.Formats;
using Morula.Reports;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class PlaneSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(".tif")]
    [InlineData(".ome.zarr")]
    [InlineData(".nii.gz")]
    public void Planes_from_files_are_those_of_the_whole(string extension)
    {
        var (image, labels) = Draw(new Extent(6, 9, 13), new Spacing(2, 0.5, 0.5));
        using PlaneSource source = Write(image, labels, extension);
        Assert.True(source.IsQuick);
        IReadOnlyList<Panel> planes = source.Middle();
        Assert.Equal(["Y X", "Z X", "Y Z"], planes.Select(plane => plane.Title));
        foreach (var (plane, cut) in planes.Zip(PlaneCut.Of(3)))
        {
            Assert.Equal(cut.From(image).Extent, plane.Image.Extent);
            Assert.Equal(cut.From(image).Voxels, plane.Image.Voxels);
            Assert.Equal(cut.From(labels).Voxels, plane.Labels!.Voxels);
        }

        var window = new Block([3, 2, 4], [4, 7, 11]);
        Assert.Equal(image.Crop(window).Voxels, source.Image(window).Voxels);
    }

    [Fact]
    public void A_plane_larger_than_a_picture_is_read_in_strips_and_made_smaller()
    {
        // Two strips, since 1,900 x 3,072 voxels are more than are read at once; three voxels become one.
        var (image, labels) = Draw(new Extent(1900, 3072), new Spacing(0.5, 0.5));
        using PlaneSource source = Write(image, labels, ".tif");
        Panel plane = Assert.Single(source.Middle());
        var (small, field) = (new Extent(633, 1024), new Block([0, 0], [1899, 3072]));
        Assert.Equal(small, plane.Image.Extent);
        Assert.Equal(new Spacing(1.5, 1.5), plane.Image.Spacing);
        Assert.Equal(labels.Crop(field).Resample(small).Voxels, plane.Labels!.Voxels);

        // Only where two strips meet the filter does not see the other side.
        float[] whole = image.Crop(field).Resample(small).Voxels;
        Assert.Equal(2 * 1024, Enumerable.Range(0, whole.Length).Count(index => Math.Abs(whole[index] - plane.Image.Voxels[index]) > 1e-4f), 200.0);
    }

    [Fact]
    public void Labels_of_other_sizes_are_refused()
    {
        var (image, _) = Draw(new Extent(4, 5, 6), Spacing.Unit(3));
        Assert.Contains("4 x 5 x 6", Assert.Throws<VolumeFormatException>(() => Write(image, new LabelVolume(new Extent(4, 5, 7), Spacing.Unit(3)), ".tif")).Message, StringComparison.Ordinal);
    }

    private PlaneSource Write(Volume image, LabelVolume labels, string extension)
    {
        string path = folder[$"image{extension}"];
        VolumeFile.Write(path, image);
        VolumeFile.Write(folder["labels.tif"], labels);
        return PlaneSource.Open(path, null, folder["labels.tif"], image.Rank);
    }

    private static (Volume Image, LabelVolume Labels) Draw(Extent extent, Spacing spacing)
    {
        var random = new Random(4);
        return (new Volume(extent, spacing, [.. Enumerable.Range(0, (int)extent.Count).Select(_ => (float)random.NextDouble())]),
            new LabelVolume(extent, spacing, [.. Enumerable.Range(0, (int)extent.Count).Select(index => 1 + (index % 50))]));
    }
}
