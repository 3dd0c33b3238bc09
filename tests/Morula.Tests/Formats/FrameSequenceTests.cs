using Morula.Formats;
using Morula.Lineages;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class FrameSequenceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Files_that_differ_in_a_number_are_frames_in_its_order()
    {
        Write("cell_t9.tif", 9);
        Write("cell_t10.tif", 10);
        Write("cell_t11.ome.tif", 11);
        FrameSequence movie = FrameSequence.Open(folder[""]);
        Assert.Equal([9, 10, 11], movie.Numbers);
        Assert.Equal([9, 10, 11], Enumerable.Range(0, 3).Select(index => movie.ReadLabels(index).Voxels[0]));
        Assert.Equal("cell_t11", movie.NameOf(2));
        Assert.Equal([10, 11], FrameSequence.Open(folder[""], 10).Numbers);
    }

    [Fact]
    public void A_file_with_a_time_axis_is_a_movie()
    {
        VolumeFile.Write(folder["movie.tif"], new LabelVolume(new Extent(3, 2, 2, 2), Spacing.Unit(4), [.. Enumerable.Range(0, 24)]));
        FrameSequence movie = FrameSequence.Open(folder["movie.tif"], first: 1);
        Assert.Equal([1, 2], movie.Numbers);
        Assert.Equal("t002", movie.NameOf(1));
        LabelVolume frame = movie.ReadLabels(1);
        Assert.Equal(new Extent(2, 2, 2), frame.Extent);
        Assert.Equal([.. Enumerable.Range(16, 8)], frame.Voxels);
    }

    [Theory]
    [InlineData("frames 2, 3 are missing between 1 and 4", "t1.tif", "t4.tif")]
    [InlineData("has no frame number", "t1.tif", "mean.tif")]
    [InlineData("does not belong to t1.tif", "t1.tif", "u2.tif")]
    [InlineData("is frame 1, as", "t1.tif", "t01.tif")]
    public void What_is_no_movie_is_refused_with_a_reason(string expected, params string[] names)
    {
        foreach (string name in names) Write(name, 1);
        Assert.Contains(expected, Assert.Throws<VolumeFormatException>(() => FrameSequence.Open(folder[""])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_of_two_sizes_are_refused()
    {
        Write("t1.tif", 1);
        VolumeFile.Write(folder["t2.tif"], new LabelVolume(new Extent(2, 2, 3), Spacing.Unit(3), new int[12]));
        Assert.Contains("2 x 2 x 3", Assert.Throws<VolumeFormatException>(FrameSequence.Open(folder[""]).RequireOneSize).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_beside_labels_tells_the_lineage()
    {
        Directory.CreateDirectory(folder["labels"]);
        for (int frame = 0; frame < 3; frame++) Write($"labels/t{frame}.tif", 1);
        File.WriteAllText(folder["tracks.csv"], "t,label,parent_label,voxels\n0,1,0,8\n1,2,1,8\n1,3,1,8\n2,2,1,8\n");
        Assert.Equal([new Track(2, 1, 2, 0), new Track(3, 1, 1, 0)], TrackedMovie.Open(folder[""], first: 1).Lineage.Tracks);
        File.WriteAllText(folder["tracks.csv"], "t,label,parent_label\n0,1,2\n1,2,1\n");
        Assert.Contains("their own ancestors", Assert.Throws<VolumeFormatException>(() => TrackedMovie.Open(folder[""])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void Write(string name, int label) =>
        VolumeFile.Write(folder[name], new LabelVolume(new Extent(2, 2, 2), Spacing.Unit(3), [.. Enumerable.Repeat(label, 8)]));
}
