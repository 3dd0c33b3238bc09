using Morula.Formats;
using Morula.Lineages;
using Morula.Runs;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class TrackingChallengeTests : IDisposable
{
    private readonly SmallMovie movie = new();

    public void Dispose() => movie.Dispose();

    [Fact]
    public void A_track_with_a_gap_goes_on_as_its_own_daughter_and_large_ids_get_small_ones()
    {
        string folder = movie.Export(ExportFormat.TrackingChallenge);
        Assert.Equal(
            ["1 3 4 0", "2 5 7 1", "3 5 7 1", "4 3 4 0", "5 7 7 7", "6 3 7 0", "7 6 6 4"],
            File.ReadAllLines(Path.Combine(folder, "res_track.txt")));
        Assert.Equal(VoxelType.UInt16, VolumeFile.ReadInfo(Path.Combine(folder, "mask003.tif")).Type);
        int[][] places = SmallMovie.Places(folder);
        Assert.Equal([1, 1, 4, 0, 6, 0], places[0]);
        Assert.Equal([2, 3, 7, 0, 6, 0], places[3]);
        Assert.Equal([2, 3, 0, 5, 6, 0], places[4]);
    }

    [Fact]
    public void What_is_continuous_is_read_as_it_was_written()
    {
        string first = movie.Export(ExportFormat.TrackingChallenge, "first");
        ExportRun.Run(new ExportRequest(first, ExportFormat.TrackingChallenge, movie["second"]), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(SmallMovie.Places(first), SmallMovie.Places(movie["second"]));
        Assert.Equal(TrackedMovie.Open(first).Lineage.Tracks, TrackedMovie.Open(movie["second"]).Lineage.Tracks);
    }

    [Fact]
    public void A_part_is_read_by_its_frames()
    {
        TrackedMovie part = TrackedMovie.Open(movie.Export(ExportFormat.TrackingChallenge), 5, 6);
        Assert.Equal([5, 6], part.Labels.Numbers);
        Assert.Equal([new Track(2, 5, 6, 0), new Track(3, 5, 6, 0), new Track(6, 5, 6, 0), new Track(7, 6, 6, 0)], part.Lineage.Tracks);
        Assert.Equal([2, 3, 7, 0, 6, 0], SmallMovie.Places(part)[1]);
    }

    [Fact]
    public void Truth_of_another_program_is_read_from_its_TRA()
    {
        TrackedMovie truth = TrackedMovie.Open(Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", "ctc_GT"));
        Assert.Equal([new Track(1, 0, 0, 0), new Track(2, 1, 2, 1), new Track(3, 1, 2, 1), new Track(9, 0, 2, 0)], truth.Lineage.Tracks);
        Assert.Equal([[1, 9], [2, 3, 9], [2, 3, 9]], Enumerable.Range(0, 3).Select(index => truth.Labels.ReadLabels(index).Cells().Select(cell => cell.Label).ToArray()));
    }

    [Theory]
    [InlineData("holds the label 2 in frame 5, of which res_track.txt names no track", "2 5 7 1", "")]
    [InlineData("holds the label 2 in frame 5, but its track in res_track.txt lasts from frame 6 to 7", "2 5 7 1", "2 6 7 1")]
    [InlineData("holds no label 8 in frame 4", "6 3 7 0", "6 3 7 0\n8 4 4 0")]
    [InlineData("holds no label 1 in frame 5", "1 3 4 0\n2 5 7 1\n3 5 7 1", "1 3 5 0\n2 5 7 0\n3 5 7 0")]
    [InlineData("but the masks are of the frames 3 to 7", "6 3 7 0", "6 3 8 0")]
    [InlineData("line 1 is '1 3 x 0'", "1 3 4 0", "1 3 x 0")]
    [InlineData("has the mother 77, who does not exist", "2 5 7 1", "2 5 7 77")]
    [InlineData("lives until frame 5", "1 3 4 0", "1 3 5 0")]
    public void A_list_that_contradicts_its_masks_is_refused(string expected, string line, string instead)
    {
        string folder = movie.Export(ExportFormat.TrackingChallenge);
        string list = Path.Combine(folder, "res_track.txt");
        string text = File.ReadAllText(list);
        Assert.Contains(line, text, StringComparison.Ordinal);
        File.WriteAllText(list, text.Replace(line, instead, StringComparison.Ordinal));
        Assert.Contains(expected, Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_mask_or_one_of_another_size_is_refused()
    {
        string folder = movie.Export(ExportFormat.TrackingChallenge);
        VolumeFile.Write(Path.Combine(folder, "mask004.tif"), SmallMovie.Volume([1, 1, 4]));
        Assert.Contains(
            "frames of a movie have one size",
            Assert.Throws<VolumeFormatException>(() => ExportRun.Open(new ExportRequest(folder, ExportFormat.Csv, movie["csv"]))).Message,
            StringComparison.Ordinal);
        File.Delete(Path.Combine(folder, "mask004.tif"));
        Assert.Contains("frames 4 are missing between 3 and 7", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void More_tracks_than_16_bits_can_tell_apart_are_refused()
    {
        int[] ids = [.. Enumerable.Range(1, 65536)];
        var writer = new TrackingChallengeWriter(movie["out"], new Lineage(ids.Select(id => new Track(id, 0, 0, 0))));
        var frame = new MovieFrame(0, new LabelVolume(new Extent(1, 256, 256), Spacing.Unit(3), ids), []);
        Assert.Contains("more than 65535 tracks", Assert.Throws<VolumeFormatException>(() => writer.Add(frame)).Message, StringComparison.Ordinal);
    }

    private static string Refusal(string folder) => Assert.Throws<VolumeFormatException>(() => SmallMovie.Places(folder)).Message;
}
