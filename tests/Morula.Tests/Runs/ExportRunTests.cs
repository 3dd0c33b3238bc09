using Morula.Formats;
using Morula.Options;
using Morula.Runs;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Runs;

public sealed class ExportRunTests : IDisposable
{
    private readonly SmallMovie movie = new();

    public void Dispose() => movie.Dispose();

    [Fact]
    public void The_own_layout_is_read_as_it_was_written()
    {
        string folder = movie.Export(ExportFormat.Morula);
        Assert.Equal(SmallMovie.Family, SmallMovie.Places(folder));
        Assert.Equal(TrackedMovie.Open(movie.Own).Lineage.Tracks, TrackedMovie.Open(folder).Lineage.Tracks);
        Assert.Equal(["t,label,parent_label,voxels,z,y,x", "3,1,0,16,0.5,0.5,1.5", "3,4,0,8,0.5,0.5,4.5"], File.ReadAllLines(Path.Combine(folder, "tracks.csv"))[..3]);
        Assert.Equal(
            ["track,first,last,parent", "1,3,4,0", "2,5,7,1", "3,5,7,1", "4,3,6,0", "5,7,7,4", "70000,3,7,0"],
            File.ReadAllLines(Path.Combine(folder, "lineage.csv")));
        Assert.False(Directory.Exists(Path.Combine(movie.Export(ExportFormat.Csv, "csv"), "labels")));
    }

    [Fact]
    public void What_comes_from_one_program_goes_to_another()
    {
        string astec = movie.Export(ExportFormat.Astec, "astec");
        Run(new ExportRequest(astec, ExportFormat.TrackingChallenge, movie["ctc"]));
        Assert.Equal(File.ReadAllLines(Path.Combine(movie.Export(ExportFormat.TrackingChallenge, "direct"), "res_track.txt")), File.ReadAllLines(Path.Combine(movie["ctc"], "res_track.txt")));
    }

    [Theory]
    [InlineData(ExportFormat.TrackingChallenge, "ctc")]
    [InlineData(ExportFormat.Astec, "astec")]
    [InlineData(ExportFormat.MorphoNet, "morphonet")]
    [InlineData(ExportFormat.TrackMate, "trackmate")]
    public void A_movie_of_planes_is_one_of_single_slices(ExportFormat format, string layout)
    {
        Directory.CreateDirectory(Path.Combine(movie["planes"], "labels"));
        foreach (int frame in (int[])[0, 1])
            VolumeFile.Write(Path.Combine(movie["planes"], "labels", $"t{frame}.tif"), new LabelVolume(new Extent(8, 12), new Spacing(0.5, 0.5), [.. Enumerable.Range(0, 96).Select(index => index % 12 < 6 ? 1 : 2)]));
        File.WriteAllText(Path.Combine(movie["planes"], "tracks.csv"), "t,label,parent_label\n0,1,0\n0,2,0\n1,1,0\n1,2,0\n");
        Run(new ExportRequest(movie["planes"], format, movie["out"]));
        Assert.Equal("2 frames, 4 cells, 2 links, 0 divisions", OutsideCheck.Run(layout, movie["out"]));
    }

    [Fact]
    public void A_label_without_track_and_an_output_over_the_input_are_refused()
    {
        Assert.Contains("would replace the movie", Refusal(new ExportRequest(movie.Own, ExportFormat.Csv, movie.Own)), StringComparison.Ordinal);
        Assert.Contains("is no tracked movie", Refusal(new ExportRequest(movie["nothing"], ExportFormat.Csv, movie["out"])), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(movie.Own, "tracks.csv"), "t,label,parent_label\n3,1,0\n7,1,0\n");
        Assert.Contains("label 4 in frame 3, of which tracks.csv names no track", Refusal(new ExportRequest(movie.Own, ExportFormat.Csv, movie["out"])), StringComparison.Ordinal);
        Assert.Throws<OptionsException>(() => Run(new ExportRequest(movie.Own, ExportFormat.MorphoNet, movie["out"]) { MeshStep = 0 }));
        Assert.Throws<OptionsException>(() => Run(new ExportRequest(movie.Own, ExportFormat.Astec, movie["out"]) { Name = "a/b" }));
    }

    [Theory]
    [InlineData(ExportFormat.TrackingChallenge, "ctc")]
    [InlineData(ExportFormat.Astec, "astec")]
    [InlineData(ExportFormat.MorphoNet, "morphonet")]
    [InlineData(ExportFormat.TrackMate, "trackmate")]
    public void An_independent_reader_finds_the_same_movie(ExportFormat format, string layout) =>
        Assert.Equal("5 frames, 17 cells, 14 links, 1 divisions", OutsideCheck.Run(layout, movie.Export(format)));

    [Theory]
    [InlineData(ExportFormat.TrackingChallenge, "ctc")]
    [InlineData(ExportFormat.Astec, "astec")]
    [InlineData(ExportFormat.MorphoNet, "morphonet")]
    [InlineData(ExportFormat.TrackMate, "trackmate")]
    [InlineData(ExportFormat.Morula, null)]
    public void Three_frames_of_an_embryo_are_written_in_every_layout(ExportFormat format, string? layout)
    {
        string embryo = Path.GetDirectoryName(RealData.Require("celegans", "tracks.csv"))!;
        ExportOutcome outcome = Run(new ExportRequest(embryo, format, movie["embryo"]) { Name = "E", FirstFrame = 46, LastFrame = 48, MeshStep = 2 });
        Assert.Equal((3, 114L), (outcome.Frames, outcome.Cells));
        if (layout is not null) Assert.StartsWith("3 frames, 114 cells, ", OutsideCheck.Run(layout, movie["embryo"]));
        if (format is ExportFormat.MorphoNet or ExportFormat.TrackMate) return;
        var (before, after) = (TrackedMovie.Open(embryo, 46, 48), TrackedMovie.Open(movie["embryo"]));
        Assert.Equal(before.Lineage.Tracks, after.Lineage.Tracks);
        Assert.Equal(before.Labels.ReadLabels(2).Voxels, after.Labels.ReadLabels(2).Voxels);
    }

    private static ExportOutcome Run(ExportRequest request) => ExportRun.Run(request, cancellation: TestContext.Current.CancellationToken);

    private static string Refusal(ExportRequest request) => Assert.Throws<VolumeFormatException>(() => Run(request)).Message;
}
