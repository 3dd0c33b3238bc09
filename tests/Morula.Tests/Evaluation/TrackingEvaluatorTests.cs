using System.Globalization;
using System.Text.Json;
using Morula.Evaluation;
using Morula.Formats;
using Morula.Lineages;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Evaluation;

/// <summary>Movies on disk.</summary>
public sealed class TrackingEvaluatorTests : IDisposable
{
    private static readonly ToyMovie Truth = ToyMovie.Draw(["1111.44", "1111.44", "2233.44", "2233.44"], (2, 1), (3, 1));
    private static readonly ToyMovie Found = ToyMovie.Draw(["1111.44", "1111...", "2233.44", "2244.33"], (2, 1), (3, 1));

    private readonly TemporaryFolder temporary = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Files_score_like_the_volumes_in_them()
    {
        TrackedMovie truth = TrackedMovie.Open(Truth.WriteTo(temporary["truth"]));
        TrackedMovie found = TrackedMovie.Open(Found.WriteTo(temporary["found"]));
        TrackingScores scores = TrackingEvaluator.Compare(truth, found, cancellation: Token);
        Assert.Equal(Found.Against(Truth).Table.AsEnumerable(), scores.Table);
        Assert.Equal(["t000", "t001", "t002", "t003"], scores.Images.Images.Select(image => image.Name));
        Assert.Empty(scores.Images.Notes);
        Assert.True(scores.Table["TRA"] is > 0 and < 1);
    }

    [Fact]
    public void A_finer_grid_over_the_same_field_scores_alike_with_a_note()
    {
        TrackedMovie truth = TrackedMovie.Open(Truth.WriteTo(temporary["truth"]));
        TrackedMovie found = TrackedMovie.Open(Found.WriteTo(temporary["found"], finer: 3));
        TrackingScores scores = TrackingEvaluator.Compare(truth, found, cancellation: Token);
        Assert.Equal(Found.Against(Truth).Table.AsEnumerable(), scores.Table);
        Assert.Equal(4, scores.Images.Notes.Count(note => note.Contains("was brought to the grid of the truth", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_window_scores_like_the_movie_cut()
    {
        TrackedMovie truth = TrackedMovie.Open(Truth.WriteTo(temporary["truth"]));
        TrackedMovie found = TrackedMovie.Open(Found.WriteTo(temporary["found"]));
        TrackingScores part = TrackingEvaluator.Compare(truth, found, new() { FirstFrame = 1, LastFrame = 2 }, cancellation: Token);
        TrackingScores cut = TrackingEvaluator.Compare(
            TrackedMovie.Open(temporary["truth"], 1, 2), TrackedMovie.Open(temporary["found"], 1, 2), cancellation: Token);
        Assert.Equal(cut.Table.AsEnumerable(), part.Table);
        Assert.Equal((1, 2, 2), (part.FirstFrame, part.LastFrame, part.Images.Images.Count));
        Assert.Equal(1, part.Graph.Cells.Missed);
    }

    [Fact]
    public void A_missing_frame_is_named()
    {
        TrackedMovie truth = TrackedMovie.Open(Truth.WriteTo(temporary["truth"]));
        Found.WriteTo(temporary["found"]);
        TrackedMovie found = TrackedMovie.Open(temporary["found"], 0, 2);
        AssertRefused("found", "has no frame 3; frames 0 to 3 are compared", () => TrackingEvaluator.Compare(truth, found, cancellation: Token));
        AssertRefused("truth", "has no frame 3", () => TrackingEvaluator.Compare(TrackedMovie.Open(temporary["truth"], 0, 2), TrackedMovie.Open(temporary["found"]), cancellation: Token));
        AssertRefused("truth", "has no frame 4", () => TrackingEvaluator.Compare(truth, TrackedMovie.Open(temporary["found"]), new() { FirstFrame = 1, LastFrame = 6 }, cancellation: Token));
    }

    [Fact]
    public void A_label_without_a_track_is_named()
    {
        TrackedMovie truth = TrackedMovie.Open(Truth.WriteTo(temporary["truth"]));
        TrackedMovie found = truth with { Lineage = new Lineage(truth.Lineage.Tracks.Where(track => track.Id != 3)) };
        AssertRefused("t002.tif", "frame 2 has the label 3, which no track has", () => TrackingEvaluator.Compare(truth, found, cancellation: Token));
        TrackedMovie shorter = truth with { Lineage = new Lineage(truth.Lineage.Tracks.Select(track => track.Id == 4 ? track with { LastFrame = 2 } : track)) };
        AssertRefused("t003.tif", "frame 3 has the label 4, whose track goes from frame 0 to 2", () => TrackingEvaluator.Compare(truth, shorter, cancellation: Token));
    }

    [Fact]
    public void Background_of_the_truth_is_no_cell()
    {
        ToyMovie astec = Truth.Renamed(id => id + 10);
        ToyMovie filled = astec with { Frames = [.. astec.Frames.Select(frame => (frame.Number, Array.ConvertAll(frame.Voxels, voxel => voxel == 0 ? 1 : voxel)))] };
        TrackingScores scores = Found.Against(filled, new() { Images = new() { TruthBackground = 1 } });
        Assert.Equal(Found.Against(Truth).Table.AsEnumerable(), scores.Table);
    }

    [Fact]
    public void Json_has_the_tracks_beside_the_images()
    {
        TrackingScores scores = Found.Against(Truth);
        JsonElement root = JsonDocument.Parse(scores.ToJson()).RootElement;
        Assert.Equal(
            ["format", "version", "made by", "pooled", "tracking", "images", "options", "conventions", "notes"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(scores.Rows.Select(row => row.Name), root.GetProperty("tracking").EnumerateObject().Select(property => property.Name));
        Assert.Equal(scores.Graph.Tra, root.GetProperty("tracking").GetProperty("TRA").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("tracking").GetProperty("lineage accuracy@5").ValueKind);
        Assert.Equal((0, 3), (root.GetProperty("options").GetProperty("first frame").GetInt32(), root.GetProperty("options").GetProperty("last frame").GetInt32()));
        foreach (string name in new[] { "TRA", "LNK", "CT", "TF", "BC(i)", "CCA", "lineage accuracy@L", "SEG" })
            Assert.True(root.GetProperty("conventions").TryGetProperty(name, out _), name);
    }

    [Fact]
    public void A_real_embryo_is_perfect_beside_itself()
    {
        string table = RealData.Require("celegans", "tracks.csv");
        var movie = new TrackedMovie(FrameSequence.Open(Path.Combine(Path.GetDirectoryName(table)!, "labels"), 46, 53), LineageWithoutContradictions(table));
        TrackingScores scores = TrackingEvaluator.Compare(movie, movie, cancellation: Token);
        Assert.True(scores.Divisions.TrueDivisions > 0);
        string[] best = ["SEG", "DET", "TRA", "LNK", "CT", "TF", "BC(0)", "BC(1)", "BC(2)", "BC(3)", "contact F1", "lineage accuracy@5", "lineage accuracy@movie"];
        Assert.All(best, name => Assert.Equal(1, scores.Table[name]));
        Assert.All(["splits", "missed cells", "extra cells", "missing links", "extra links", "wrong links"], name => Assert.Equal(0, scores.Table[name]));
    }

    /// <summary>In one frame of the table a scrap of a daughter is labelled beside her mother; her mother counts as unknown.</summary>
    private static Lineage LineageWithoutContradictions(string path)
    {
        CommaTable table = CommaTable.Read(path);
        int[] columns = [table.Column("t"), table.Column("label"), table.Column("parent_label")];
        int[][] cells = [.. table.Lines.Select(line => columns.Select(column => line.Values[column].Length == 0 ? 0 : int.Parse(line.Values[column], CultureInfo.InvariantCulture)).ToArray())];
        var ends = cells.GroupBy(cell => cell[1], cell => cell[0]).ToDictionary(track => track.Key, track => (First: track.Min(), Last: track.Max()));
        return Lineage.OfCells(cells.Select(cell => (cell[0], cell[1], ends.TryGetValue(cell[2], out var mother) && mother.Last < ends[cell[1]].First ? cell[2] : 0)));
    }

    private static void AssertRefused(string where, string what, Action compare)
    {
        string message = Assert.Throws<VolumeFormatException>(compare).Message;
        Assert.Contains(where, message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
    }
}
