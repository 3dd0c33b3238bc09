using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class FrameFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_movie_with_gaps_is_listed_by_number()
    {
        foreach (string name in new[] { "t10", "t9", "t030" }) Write($"a/{name}.tif");
        FrameFiles files = FrameFiles.Open(folder["a"]);
        Assert.True(files.IsMovie);
        Assert.Equal([9, 10, 30], files.All.Select(frame => frame.Number));
        Assert.Equal(["t9", "t10", "t030"], files.All.Select(frame => frame.Name));
    }

    [Fact]
    public void Images_of_other_names_are_no_movie()
    {
        foreach (string name in new[] { "wild", "mutant2" }) Write($"a/{name}.tif");
        FrameFiles files = FrameFiles.Open(folder["a"]);
        Assert.False(files.IsMovie);
        Assert.Equal(["mutant2", "wild"], files.All.Select(frame => frame.Name));
        Assert.Equal([0, 1], files.All.Select(frame => frame.Number));
    }

    [Fact]
    public void A_file_with_a_time_axis_is_a_movie()
    {
        VolumeFile.Write(folder["movie.tif"], new LabelVolume(new Extent(3, 2, 4, 5), Spacing.Unit(4), [.. Enumerable.Range(0, 120)]));
        FrameFiles files = FrameFiles.Open(folder["movie.tif"]);
        Assert.Equal(["t000", "t001", "t002"], files.All.Select(frame => frame.Name));
        using VolumeSource second = files.All[1].OpenLabels();
        Assert.Equal(40, second.ReadLabels(second.Extent.Whole).Voxels[0]);
    }

    [Fact]
    public void The_frame_beside_has_the_same_name_else_the_same_number_else_is_the_only_one()
    {
        foreach (string name in new[] { "a/t1", "a/t2", "b/raw_0002", "b/raw_0003", "c/one", "d/other" }) Write($"{name}.tif");
        var (a, b, c, d) = (FrameFiles.Open(folder["a"]), FrameFiles.Open(folder["b"]), FrameFiles.Open(folder["c"]), FrameFiles.Open(folder["d"]));
        Assert.Equal("raw_0002", b.Beside(a.All[1], a)?.Name);
        Assert.Null(b.Beside(a.All[0], a));
        Assert.Equal("t2", a.Beside(a.All[1], a)?.Name);
        Assert.Equal("other", d.Beside(c.All[0], c)?.Name);
        Assert.Null(c.Beside(a.All[0], a));
    }

    [Fact]
    public void A_folder_that_is_still_empty_has_no_frames_and_a_missing_one_is_refused()
    {
        Directory.CreateDirectory(folder["empty"]);
        Assert.Empty(FrameFiles.Open(folder["empty"]).All);
        Assert.Throws<VolumeFormatException>(() => FrameFiles.Open(folder["nowhere"]));
    }

    public void Dispose() => folder.Dispose();

    private void Write(string name) => VolumeFile.Write(folder[name], new LabelVolume(new Extent(2, 3, 4), Spacing.Unit(3)));
}
