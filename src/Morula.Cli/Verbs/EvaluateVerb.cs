using System.CommandLine;
using Morula.Evaluation;
using Morula.Formats;

namespace Morula.Cli.Verbs;

/// <summary>morula evaluate: truth and prediction to scores.</summary>
internal static class EvaluateVerb
{
    private static readonly Option<string> Truth = new("--truth") { Description = "Label volume, or folder of them.", HelpName = "path", Required = true };

    private static readonly Option<string> Prediction = new("--prediction")
    {
        Description = "Label volume, or folder of them with the same file names; NAME.cells.csv beside them tells scores.",
        HelpName = "path",
        Required = true,
    };

    private static readonly Option<string?> Json = new("--json") { Description = "Writes all scores, pooled and per image, to this file.", HelpName = "file" };

    private static readonly Option<int> Background = new("--truth-background")
    {
        Description = "A label of the truth that means background beside 0 (ASTEC: 1).",
        HelpName = "label",
    };

    private static readonly Option<bool> Partial = new("--partial") { Description = "Leaves out truth files without prediction, with a note, rather than refusing." };

    public static Verb Create() => Verb.Create(
        "evaluate",
        "Compares label volumes, of whatever program, with the truth.",
        [
            new VerbExample("evaluate --truth labels/t046.tif --prediction cells/t046.tif", "prints every score of one image"),
            new VerbExample("evaluate --truth labels --prediction cells --json scores.json", "pairs two folders by file name and keeps the scores"),
        ],
        [Truth, Prediction, Json, Background, Partial],
        Run);

    private static void Run(VerbContext context)
    {
        EvaluationPairs pairs = EvaluationPairs.Find(context.Value(Truth), context.Value(Prediction), context.Value(Partial));
        var options = new EvaluationOptions { TruthBackground = context.Value(Background) };
        Scorecard scores = Evaluator.Compare(pairs, options, new ImageLines(context, pairs.Count), context.Stop);
        context.Progress.Dispose();
        foreach (string note in scores.Notes) context.Error.WriteLine($"note: {note}");
        context.Output.Write(scores.Table.ToString());
        if (context.Value(Json) is { } path) AtomicFile.WriteText(path, scores.ToJson());
    }

    private sealed class ImageLines(VerbContext context, int count) : IProgress<ImageScores>
    {
        private int done;

        public void Report(ImageScores value) => context.Progress.Report(++done, count, caption: $"image {done}/{count}");
    }
}
