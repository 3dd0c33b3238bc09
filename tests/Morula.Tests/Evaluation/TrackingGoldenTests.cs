using System.Text.Json;
using Morula.Evaluation;
using Morula.Lineages;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Evaluation;

/// <summary>Agreement with the published definitions in numpy and networkx on random movies; the script lies beside the numbers.</summary>
public sealed class TrackingGoldenTests
{
    private static readonly TrackingEvaluationOptions Options = new() { LineageFrames = [2, 5, 10] };

    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Evaluation", "Golden", "tracking.json"))).RootElement;

    private static readonly string[] Best =
        ["SEG", "DET", "TRA", "LNK", "CT", "TF", "BC(0)", "BC(3)", "CCA", "contact F1", "lineage accuracy@2", "lineage accuracy@5", "lineage accuracy@10", "lineage accuracy@movie"];

    public static TheoryData<string> Movies => [.. Golden.GetProperty("movies").EnumerateArray().Select(movie => movie.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Movies))]
    public void Every_score_of_a_movie_agrees(string name)
    {
        JsonElement movie = Movie(name);
        ScoreTable table = Read(movie, "found").Against(Read(movie, "truth"), Options).Table;
        foreach (JsonProperty score in movie.GetProperty("expected").EnumerateObject())
        {
            double? expected = score.Value.ValueKind == JsonValueKind.Null ? null : score.Value.GetDouble();
            double? found = table[score.Name];
            Assert.True(
                found is null == expected is null && Math.Abs((found ?? 0) - (expected ?? 0)) <= 1e-9, $"{score.Name} is {found} but should be {score.Value}.");
        }
    }

    [Theory]
    [MemberData(nameof(Movies))]
    public void A_movie_is_perfect_beside_itself(string name)
    {
        JsonElement movie = Movie(name);
        ToyMovie truth = Read(movie, "truth");
        ScoreTable table = truth.Renamed(id => id + 100).Against(truth, Options).Table;
        Assert.All(Best, score => Assert.Equal(1, table[score] ?? 1, 1e-12));
        Assert.All(["SEG", "DET", "TRA", "LNK", "CT", "TF", "lineage accuracy@movie"], score => Assert.NotNull(table[score]));
    }

    [Theory]
    [MemberData(nameof(Movies))]
    public void Scores_do_not_depend_on_the_order_of_ids(string name)
    {
        JsonElement movie = Movie(name);
        var (truth, found) = (Read(movie, "truth"), Read(movie, "found"));
        string[] ofTracks = [.. found.Against(truth).Rows.Select(row => $"{row.Name} {row.Text}")];
        string[] renamed = [.. found.Renamed(id => 100 - id).Against(truth.Renamed(id => 1000 - (id * 7))).Rows.Select(row => $"{row.Name} {row.Text}")];
        Assert.Equal(ofTracks, renamed);
    }

    [Fact]
    public void The_movies_hold_every_kind_of_error()
    {
        JsonElement[] expected = [.. Golden.GetProperty("movies").EnumerateArray().Select(movie => movie.GetProperty("expected"))];
        foreach (string name in new[] { "splits", "missed cells", "extra cells", "missing links", "extra links", "wrong links" })
            Assert.Contains(expected, scores => scores.GetProperty(name).GetDouble() > 1);
        Assert.Contains(expected, scores => scores.GetProperty("CCA").ValueKind == JsonValueKind.Null);
        Assert.Contains(expected, scores => scores.GetProperty("BC(0)").GetDouble() < scores.GetProperty("BC(1)").GetDouble());
    }

    private static JsonElement Movie(string name) =>
        Golden.GetProperty("movies").EnumerateArray().Single(movie => movie.GetProperty("name").GetString() == name);

    private static ToyMovie Read(JsonElement movie, string side)
    {
        string alphabet = Golden.GetProperty("alphabet").GetString()!;
        int[] sizes = [.. movie.GetProperty("extent").EnumerateArray().Select(size => size.GetInt32())];
        int first = movie.GetProperty("first frame").GetInt32();
        var frames = movie.GetProperty(side).EnumerateArray()
            .Select((frame, index) => (first + index, frame.GetString()!.Select(voxel => alphabet.IndexOf(voxel)).ToArray()));
        string tracks = side == "truth" ? "true tracks" : "found tracks";
        return new ToyMovie([.. frames], new Extent(sizes), new Lineage(movie.GetProperty(tracks).EnumerateArray()
            .Select(track => new Track(track[0].GetInt32(), track[1].GetInt32(), track[2].GetInt32(), track[3].GetInt32()))));
    }
}
