using System.Text.Json;
using Morula.Evaluation;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Evaluation;

/// <summary>Agreement with scikit-image, scipy and slow numpy; the script lies beside the numbers.</summary>
public sealed class GoldenScoresTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Evaluation", "Golden", "evaluation.json"))).RootElement;

    public static TheoryData<string> Images => [.. Golden.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Images))]
    public void Every_score_of_an_image_agrees(string name)
    {
        JsonElement image = Golden.GetProperty("images").EnumerateArray().Single(image => image.GetProperty("name").GetString() == name);
        var options = new EvaluationOptions { ContactGap = image.GetProperty("contact gap").GetInt32() };
        AssertAgrees(image.GetProperty("expected"), Evaluator.Compare([Pair(image)], options, cancellation: TestContext.Current.CancellationToken).Images[0].Scores);
    }

    [Fact]
    public void Every_pooled_score_agrees()
    {
        var images = Golden.GetProperty("images").EnumerateArray().Where(image => image.GetProperty("contact gap").GetInt32() == 1);
        Scorecard card = Evaluator.Compare(images.Select(Pair), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(3, card.Images.Count);
        AssertAgrees(Golden.GetProperty("pooled"), card.Pooled);
    }

    [Fact]
    public void Assignments_agree()
    {
        foreach (JsonElement table in Golden.GetProperty("assignments").EnumerateArray())
        {
            double threshold = table.GetProperty("threshold").GetDouble();
            LabelOverlap[] allowed = [.. table.GetProperty("edges").EnumerateArray()
                .Select(edge => new LabelOverlap(edge[0].GetInt32(), edge[1].GetInt32(), 1, edge[2].GetDouble()))
                .Where(edge => edge.Iou >= threshold)];
            var chosen = OptimalAssignment.Choose(table.GetProperty("rows").GetInt32(), table.GetProperty("columns").GetInt32(), allowed);
            Assert.Equal(table.GetProperty("pairs").GetInt32(), chosen.Count);
            Assert.Equal(table.GetProperty("sum").GetDouble(), chosen.Sum(pair => pair.Iou), 1e-9);
            Assert.Equal(chosen.Count, chosen.Select(pair => pair.Predicted).Distinct().Count());
        }
    }

    private static void AssertAgrees(JsonElement expected, Scores scores)
    {
        foreach (JsonProperty score in expected.EnumerateObject())
        {
            double? found = scores.Table[score.Name];
            Assert.True(
                found is { } value && Math.Abs(value - score.Value.GetDouble()) <= 1e-6, $"{score.Name} is {found} but should be {score.Value}.");
        }
    }

    private static EvaluationPair Pair(JsonElement image)
    {
        var extent = new Extent(Integers(image, "extent"));
        var scores = Integers(image, "labels").Zip(image.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble()))
            .ToDictionary(cell => cell.First, cell => cell.Second);
        return EvaluationPair.OfVolumes(
            image.GetProperty("name").GetString()!,
            new LabelVolume(extent, Spacing.Unit(extent.Rank), Integers(image, "truth")),
            new LabelVolume(extent, Spacing.Unit(extent.Rank), Integers(image, "prediction")),
            predictedCells: new CellAttributes { Scores = scores });
    }

    private static int[] Integers(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
}
