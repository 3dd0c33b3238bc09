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

    private static readonly Option<bool> Tracks = new("--tracks")
    {
        Description = "Truth and prediction are tracked movies (folders with labels/ and tracks.csv); their tracks are compared too.",
    };

    public static Verb Create() => Verb.Create(
        "evaluate",
        "Compares label volumes, of whatever program, with the truth.",
        [
            new VerbExample("evaluate --truth labels/t046.tif --prediction cells/t046.tif", "prints every score of one image"),
            new VerbExample("evaluate --truth labels --prediction cells --json scores.json", "pairs two folders by file name and keeps the scores"),
            new VerbExample("evaluate --truth data --prediction found --tracks --frames 46..53", "compares tracks and divisions as well, in a part of a movie"),
        ],
        [Truth, Prediction, Json, Background, Partial, Tracks, FrameRange.Option],
        Run);

    private static void Run(VerbContext context)
    {
        if (context.Value(Tracks)) CompareMovies(context, FrameRange.Of(context));
        else if (context.Value(FrameRange.Option) is not null) throw new UsageException("--frames chooses frames of movies; name it together with --tracks.");
        else CompareImages(context);
    }

    private static void CompareImages(VerbContext context)
    {
        EvaluationPairs pairs = EvaluationPairs.Find(context.Value(Truth), context.Value(Prediction), context.Value(Partial));
        var options = new EvaluationOptions { TruthBackground = context.Value(Background) };
        Scorecard scores = Evaluator.Compare(pairs, options, new ImageLines(context, "image", pairs.Count), context.Stop);
        Write(context, scores.Notes, scores.Table, scores.ToJson);
    }

    private static void CompareMovies(VerbContext context, FrameRange frames)
    {
        if (context.Value(Partial)) throw new UsageException("--partial is for single images; with --tracks, choose frames with --frames FIRST..LAST.");
        TrackedMovie truth = TrackedMovie.Open(context.Value(Truth), frames.First, frames.Last);
        TrackedMovie found = TrackedMovie.Open(context.Value(Prediction), frames.First, frames.Last);
        var options = new TrackingEvaluationOptions
        {
            Images = new EvaluationOptions { TruthBackground = context.Value(Background) },
            FirstFrame = frames.First,
            LastFrame = frames.Last,
        };
        TrackingScores scores = TrackingEvaluator.Compare(truth, found, options, new ImageLines(context, "frame", truth.Labels.Count), context.Stop);
        Write(context, scores.Images.Notes, scores.Table, scores.ToJson);
    }

    private static void Write(VerbContext context, IReadOnlyList<string> notes, ScoreTable table, Func<string> json)
    {
        context.Progress.Dispose();
        if (context.Value(Json) is { } path) AtomicFile.WriteText(path, json());
        context.Result(new { scores = table.ToDictionary(row => row.Name, row => table[row.Name], StringComparer.Ordinal), notes }, output =>
        {
            foreach (string note in notes) context.Error.WriteLine($"note: {note}");
            output.Write(table.ToString());
        });
    }

    private sealed class ImageLines(VerbContext context, string kind, int count) : IProgress<ImageScores>
    {
        private int done;

        public void Report(ImageScores value) => context.Progress.Report(++done, count, caption: $"{kind} {done}/{count}");
    }
}
