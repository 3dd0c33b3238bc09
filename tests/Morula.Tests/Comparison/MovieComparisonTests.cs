using System.Text.Json;
using Morula.Comparison;
using Morula.Evaluation;
using Morula.Formats;
using Morula.Options;
using Morula.Samples;
using Xunit;

namespace Morula.Tests.Comparison;

public sealed class MovieComparisonTests(TinyComparison tiny, TinyMovie movie) : IClassFixture<TinyComparison>, IClassFixture<TinyMovie>
{
    private static readonly string[] Tracking = ["TRA", "LNK", "DET", "SEG", "BC(1)", "CT", "TF"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Networks_of_volumes_and_of_movies_and_the_classical_row_are_judged_on_tracks()
    {
        string folder = tiny.NewPath();
        string[] networks = [tiny.Write("volumes", TinyMovie.Volumes), tiny.Write("movies", TinyMovie.Movies)];
        ComparisonOutcome outcome = tiny.Run(networks, folder, TinyComparison.Conditions(2), Stop, data: movie.Data);
        using var json = JsonDocument.Parse(File.ReadAllText(outcome.JsonPath));
        JsonElement[] rows = [.. json.RootElement.GetProperty("networks").EnumerateArray()];
        Assert.Equal(["volumes", "movies", "classical"], rows.Select(row => row.GetProperty("name").GetString()));
        Assert.All(rows, row => Assert.All(Tracking, score => Assert.Equal(JsonValueKind.Object, row.GetProperty("scores").GetProperty(score).ValueKind)));
        Assert.All(rows, row => Assert.InRange(row.GetProperty("scores").GetProperty("TRA").GetProperty("Mean").GetDouble(), 0, 1));
        Assert.All(rows[..2], AssertCosts);
        AssertJudged(Path.Combine(folder, "volumes", "seed1"));
        AssertJudged(Path.Combine(folder, "movies", "seed1"));
        AssertJudged(Path.Combine(folder, "classical"));
        string tables = File.ReadAllText(outcome.MarkdownPath);
        Assert.Contains("| network | TRA | LNK | DET | SEG | BC(1) | CT | TF |", tables);
        Assert.Contains("the frames 3 to 5 of a movie", tables);
        Assert.Contains("Tracks", File.ReadAllText(outcome.PagePath));
        Assert.DoesNotContain("same samples", tables);
    }

    [Fact]
    public void The_tracks_of_the_data_set_reach_the_networks()
    {
        var (_, data) = Plan([tiny.Write("tracked", TinyMovie.Movies)], movie.Data);
        string index = Path.Combine(movie.Copy(), "split.csv");
        File.WriteAllText(index, SplitFile.Of(data, classes: false));
        Assert.Equal(data.LineageOf(Split.Training)!.Tracks, DataSet.Open(index).LineageOf(Split.Training)!.Tracks);
    }

    [Fact]
    public void Networks_that_see_movies_are_refused_where_held_out_images_are_none()
    {
        Refused("there are 2 of them", movie.Data, "t004", "t005");
        Refused("3 images do not make up the frames 2 to 5", movie.Data, "t002", "t004", "t005");
        Refused("no tracks.csv tells of all of them", tiny.Data, "00001", "00002", "00003");
        string flat = tiny.Write("flat", TinyMovie.Volumes with { Model = TinyMovie.Volumes.Model with { Rank = 2 } });
        var fault = Assert.Throws<OptionsException>(() => Plan([tiny.Write("seeing", TinyMovie.Movies), flat], movie.Data));
        Assert.Contains("flat sees planes (Model.Rank 2)", fault.Message);

        void Refused(string why, string data, params string[] heldOut)
        {
            string network = tiny.Write("blind", TinyMovie.SeeingMovies(TinyMovie.HoldingOut(heldOut), 2));
            var fault = Assert.Throws<OptionsException>(() => Plan([network], data));
            Assert.StartsWith("blind: sees movies (Model.Rank 4)", fault.Message);
            Assert.Contains(why, fault.Message);
        }
    }

    [Fact]
    public void Networks_of_volumes_are_judged_image_by_image_where_held_out_frames_do_not_follow_each_other()
    {
        ComparisonPlan plan = Plan([tiny.Write("gappy", TinyMovie.HoldingOut("t001", "t003", "t005"))], movie.Data).Plan;
        Assert.False(plan.AsMovie);
        Assert.Equal(["Tracks are not judged, since the held-out images are no movie: 3 images do not make up the frames 1 to 5."], plan.Notes);
        Assert.False(Plan([tiny.Small], tiny.Data).Plan.AsMovie);
    }

    [Fact]
    public void What_would_stop_a_network_that_sees_movies_is_told_before_any_is_trained()
    {
        tiny.Launched.Clear();
        string[] networks = [tiny.Write("first", TinyMovie.Volumes), tiny.Write("long", TinyMovie.SeeingMovies(TinyMovie.Volumes, 4))];
        var fault = Assert.Throws<OptionsException>(() => tiny.Run(networks, tiny.NewPath(), TinyComparison.Conditions(), Stop, data: movie.Data));
        Assert.Contains("asks for clips of 4 frames", fault.Message);
        string data = movie.Copy();
        string tracks = Path.Combine(data, "tracks.csv");
        File.WriteAllLines(tracks, File.ReadAllLines(tracks).Where(line => !line.StartsWith("5,", StringComparison.Ordinal)));
        var unknown = Assert.Throws<VolumeFormatException>(() => tiny.Run(networks[..1], tiny.NewPath(), TinyComparison.Conditions(), Stop, data: data));
        Assert.Contains("t005.tif: holds the label", unknown.Message);
        Assert.Empty(tiny.Launched);
    }

    [Fact]
    public void Frames_are_in_order_of_their_numbers_and_not_of_their_names()
    {
        string data = movie.Copy();
        foreach (string path in Directory.GetFiles(data, "t00*", SearchOption.AllDirectories))
        {
            int frame = VolumeName.Of(path)[^1] - '0';
            File.Move(path, Path.Combine(Path.GetDirectoryName(path)!, $"t{frame + 6}{Path.GetExtension(path)}"));
        }

        DataSet split = DataSet.Open(data).Select(validation: ["t8..t11"]);
        HeldOutImages images = HeldOutImages.Of(split, Split.Validation, asMovie: true);
        Assert.Equal(["t8", "t9", "t10", "t11"], images.Pairs.Select(pair => pair.Name));
        Assert.Equal([8, 9, 10, 11], images.Movie!.Numbers);
    }

    private static (ComparisonPlan Plan, DataSet Data) Plan(string[] networks, string data) => ComparisonPlan.Create(networks, data, TinyComparison.Conditions());

    private static void AssertCosts(JsonElement network)
    {
        JsonElement training = network.GetProperty("trainings")[0];
        foreach (string cost in new[] { "Parameters", "StepOperations", "OperationsPerMegavoxel", "SecondsPerMegavoxel", "TrainingPeak", "PredictionPeak" })
            Assert.True(training.GetProperty(cost).GetDouble() > 0, cost);
    }

    // Files and truth, compared once more from outside, give the very scores of the result.
    private void AssertJudged(string member)
    {
        MemberResult result = JsonText.Read<MemberResult>(Path.Combine(member, "result.json"));
        string prediction = Path.Combine(member, "prediction");
        Assert.Equal(["cells", "labels", "tracks.csv"], Directory.GetFileSystemEntries(prediction).Select(Path.GetFileName).Where(name => name != "options.json").Order(StringComparer.Ordinal));
        TrackingScores scores = TrackingEvaluator.Compare(TrackedMovie.Open(movie.Data, 3, 5), TrackedMovie.Open(prediction), cancellation: Stop);
        Assert.All(Tracking, score => Assert.Equal(scores.Table[score], result.Scores[score]));
        Scorecard images = Evaluator.Compare(Enumerable.Range(3, 3).Select(frame => EvaluationPair.OfVolumes(
            $"t00{frame}",
            VolumeFile.ReadLabels(Path.Combine(movie.Data, "labels", $"t00{frame}.tif")),
            VolumeFile.ReadLabels(Path.Combine(prediction, "labels", $"t00{frame}.tif")),
            null,
            AttributeTable.ReadIfPresent(Path.Combine(prediction, "cells", $"t00{frame}.cells.csv")))), cancellation: Stop);
        Assert.All(images.Table, row => Assert.Equal(row.Value, result.Scores[row.Name]));
        Assert.Equal(["t003", "t004", "t005"], result.Found.Keys);
    }
}
