using System.Text.Json;
using CsCheck;
using Morula.Evaluation;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class ScorecardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_perfect_prediction_has_perfect_scores_whatever_its_labels_are_called()
    {
        LabelVolume truth = LabelScenes.Of([2, 6], 1, 1, 2, 2, 0, 5, 1, 1, 2, 2, 0, 5);
        LabelVolume prediction = LabelScenes.Of([2, 6], 9, 9, -4, -4, 0, 70000, 9, 9, -4, -4, 0, 70000);
        ScoreTable table = Evaluator.Compare(truth, prediction).Table;
        string[] best = ["SEG", "DET", "AP", "paper AP@0.5", "contact F1", "accuracy@0.5", "accuracy@0.9", "F1@0.1", "panoptic quality@0.9"];
        Assert.All(best, name => Assert.Equal(1, table[name]!.Value, 1e-12));
        Assert.All(["ARE", "VOI split", "VOI merge", "volume error", "volume bias"], name => Assert.Equal(0, table[name]!.Value, 1e-12));
        Assert.Equal((3, 3), (table["truth cells"], table["predicted cells"]));
    }

    [Fact]
    public void Scores_do_not_depend_on_the_order_of_the_axes() => LabelScenes.Pairs.Sample(scene =>
    {
        // Time is not an axis like the others: rank 4 is left out.
        if (scene.Truth.Rank == 4) return;
        ScoreTable table = Evaluator.Compare(scene.Truth, scene.Prediction).Table;
        ScoreTable turned = Evaluator.Compare(Turn(scene.Truth), Turn(scene.Prediction)).Table;
        Assert.All(table.Zip(turned), pair => Assert.Equal(pair.First.Value ?? -1, pair.Second.Value ?? -1, 1e-9));
    }, iter: 100);

    [Fact]
    public void A_frame_alone_scores_like_its_volume() => LabelScenes.Pairs.Sample(scene =>
    {
        if (scene.Truth.Rank != 3) return;
        ScoreTable table = Evaluator.Compare(scene.Truth, scene.Prediction).Table;
        ScoreTable frame = Evaluator.Compare(AsFrame(scene.Truth), AsFrame(scene.Prediction)).Table;
        Assert.Equal(table.AsEnumerable(), frame.AsEnumerable());
    }, iter: 100);

    [Fact]
    public void Every_score_is_finite_or_null_and_in_its_range() => LabelScenes.Pairs.Array[1, 3].Sample(scenes =>
    {
        Scorecard card = Evaluator.Compare(scenes.Select((scene, index) => EvaluationPair.OfVolumes($"{index}", scene.Truth, scene.Prediction)), cancellation: Token);
        foreach (ScoreRow row in card.Images.SelectMany(image => image.Scores.Table).Concat(card.Table))
        {
            bool bounded = row.Name is not ("images" or "truth cells" or "predicted cells" or "VOI split" or "VOI merge" or "volume error" or "volume bias");
            Assert.True(row.Value is null || (double.IsFinite(row.Value.Value) && (!bounded || row.Value is >= -1e-12 and <= 1 + 1e-12)), $"{row.Name} is {row.Value}");
        }
    }, iter: 100);

    [Fact]
    public void Scores_of_nothing_are_defined()
    {
        LabelVolume empty = LabelScenes.Of([2, 2], 0, 0, 0, 0);
        LabelVolume full = LabelScenes.Of([2, 2], 1, 1, 2, 2);
        ScoreTable both = Evaluator.Compare(empty, empty).Table;
        Assert.All(both.Where(row => row.Name is not ("images" or "truth cells" or "predicted cells")), row => Assert.Null(row.Value));
        ScoreTable nothingFound = Evaluator.Compare(full, empty).Table;
        Assert.All(["SEG", "DET", "AP", "paper AP@0.5", "accuracy@0.5", "precision@0.5", "contact F1"], name => Assert.Equal(0, nothingFound[name]));
        Assert.Null(nothingFound["volume error"]);
        ScoreTable nothingTrue = Evaluator.Compare(empty, full).Table;
        Assert.All(["SEG", "DET", "AP", "ARE", "VOI split", "volume error"], name => Assert.Null(nothingTrue[name]));
        Assert.All(["paper AP@0.5", "accuracy@0.5", "recall@0.5", "contact F1"], name => Assert.Equal(0, nothingTrue[name]));
    }

    [Fact]
    public void Json_has_stable_keys_exact_numbers_and_no_nan()
    {
        LabelVolume truth = LabelScenes.Of([2, 3], 1, 1, 1, 2, 2, 2);
        LabelVolume prediction = LabelScenes.Of([2, 3], 1, 1, 0, 0, 0, 0);
        Scorecard card = Evaluator.Compare(
            [EvaluationPair.OfVolumes("a \"name\"", truth, prediction), EvaluationPair.OfVolumes("b", LabelScenes.Of([1, 1], 0), LabelScenes.Of([1, 1], 0))], cancellation: Token);
        string json = card.ToJson();
        Assert.Equal(json, card.ToJson());
        JsonElement root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(
            ["format", "version", "made by", "pooled", "images", "options", "conventions", "notes"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(card.Table.Select(row => row.Name), root.GetProperty("pooled").EnumerateObject().Select(property => property.Name));
        Assert.Equal(1.0 / 3, root.GetProperty("images")[0].GetProperty("scores").GetProperty("SEG").GetDouble());
        Assert.Equal("a \"name\"", root.GetProperty("images")[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("images")[1].GetProperty("scores").GetProperty("SEG").ValueKind);
        Assert.Equal(0.5, root.GetProperty("pooled").GetProperty("accuracy@0.6").GetDouble());
    }

    [Fact]
    public void Table_names_are_unique_and_printed_in_columns()
    {
        ScoreTable table = Evaluator.Compare(LabelScenes.Of([1, 4], 1, 1, 1, 1), LabelScenes.Of([1, 4], 1, 1, 1, 0)).Table;
        Assert.Equal(table.Count, table.Select(row => row.Name).Distinct().Count());
        string[] lines = table.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(table.Count, lines.Length);
        Assert.Single(lines.Select(line => line.Length).Distinct());
        Assert.Contains(lines, line => line.StartsWith("SEG ", StringComparison.Ordinal) && line.EndsWith("0.7500", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("contact F1 ", StringComparison.Ordinal) && line.EndsWith(" -", StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => table["SEGG"]);
    }

    private static LabelVolume AsFrame(LabelVolume labels) => LabelScenes.Of([1, .. labels.Extent.Sizes], labels.Voxels);

    private static LabelVolume Turn(LabelVolume labels)
    {
        int[] sizes = [.. labels.Extent.Sizes.ToArray().Reverse()];
        var extent = new Extent(sizes);
        long[] strides = labels.Extent.Strides();
        int[] voxels = [.. Enumerable.Range(0, labels.Voxels.Length)
            .Select(index => labels.Voxels[Slow.Place(extent, index).Reverse().Select((at, axis) => at * strides[axis]).Sum()])];
        return LabelScenes.Of(sizes, voxels);
    }
}
