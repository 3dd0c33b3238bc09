using System.Text.Json;
using System.Text.Json.Nodes;
using Morula.Formats;
using Morula.Options;
using Morula.Reports;
using Morula.Training;

namespace Morula.Comparison;

/// <summary>Every number of a comparison as JSON.</summary>
internal static class ComparisonJson
{
    private const int FormatVersion = 1;

    private static readonly string[] Costs =
    [
        nameof(MemberResult.Parameters), nameof(MemberResult.StepOperations), nameof(MemberResult.OperationsPerMegavoxel),
        nameof(MemberResult.TrainingBase), nameof(MemberResult.TrainingPeak), nameof(MemberResult.PredictionBase), nameof(MemberResult.PredictionPeak),
        nameof(MemberResult.SecondsPerStep), nameof(MemberResult.SecondsPerMegavoxel), nameof(MemberResult.Steps), nameof(MemberResult.Minutes),
    ];

    public static void Save(ComparisonResults results) => AtomicFile.WriteText(results.Place.Json, JsonText.Of(new JsonObject
    {
        ["format"] = "morula comparison",
        ["version"] = FormatVersion,
        ["made by"] = $"Morula {typeof(ComparisonJson).Assembly.GetName().Version?.ToString(3)}",
        ["data"] = results.Plan.Data,
        ["held out"] = results.HeldOut.ToString(),
        ["images"] = Texts(results.Images.Pairs.Select(pair => pair.Name)),
        ["as movie"] = results.Images.Movie is not null,
        ["training images"] = results.TrainingImages,
        ["seeds"] = new JsonArray([.. results.Plan.Seeds.Select(seed => (JsonNode)seed)]),
        ["conditions"] = Texts(ComparisonWords.Conditions(results)),
        ["machine"] = Texts(ComparisonWords.Machines(results)),
        ["networks"] = new JsonArray([.. results.Rows.Select(row => Row(results, row))]),
        ["recall"] = new JsonArray([.. results.Traits.Select(trait => Recall(results, trait))]),
    }));

    private static JsonObject Row(ComparisonResults results, NetworkResults row)
    {
        PlannedMember? member = results.Plan.Members.FirstOrDefault(one => one.Name == row.Name);
        JsonObject[] trainings = [.. row.Results.Select(result => JsonNode.Parse(JsonText.Of(result))!.AsObject())];
        string[] scores = [.. row.Results[0].Scores.Keys];
        return new JsonObject
        {
            ["name"] = row.Name,
            ["options"] = member is null ? null : JsonNode.Parse(OptionsFile.Write(member.Options)),
            ["scores"] = new JsonObject(scores.Select(name => KeyValuePair.Create(name, Node(row.Score(name))))),
            ["costs"] = new JsonObject(Costs.Select(name => KeyValuePair.Create(name, Node(Spread.Of(trainings.Select(one => one[name]?.GetValue<double>())))))),
            ["curves"] = row.IsClassical ? null : new JsonObject
            {
                ["score by steps"] = Curve(MemberCurves.ScoreBySteps(row, Validator.Decisive)),
                ["score by minutes"] = Curve(MemberCurves.ScoreByMinutes(row, Validator.Decisive)),
                ["loss by steps"] = Curve(MemberCurves.LossBySteps(row)),
            },
            ["trainings"] = new JsonArray([.. trainings]),
        };
    }

    private static JsonObject Recall(ComparisonResults results, CellTrait trait) => new JsonObject
    {
        ["trait"] = trait.Name,
        ["quarters"] = new JsonArray([.. trait.Quarters().Select(quarter => new JsonObject
        {
            ["least"] = quarter.Least,
            ["most"] = quarter.Most,
            ["cells"] = quarter.Cells.Count,
            ["recall"] = new JsonObject(results.Rows.Select(row => KeyValuePair.Create(row.Name, Node(quarter.Recall(row))))),
        })]),
    };

    private static JsonNode? Node(Spread spread) => JsonSerializer.SerializeToNode(spread);

    private static JsonArray Curve(CurveSeries curve) => new([.. curve.X.Zip(curve.Y, (x, y) => (JsonNode)new JsonArray(x, Finite(y)))]);

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    private static JsonArray Texts(IEnumerable<string> lines) => new([.. lines.Select(line => (JsonNode)line)]);
}
