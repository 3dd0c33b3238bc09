using System.CommandLine;
using Morula.Evaluation;
using Morula.Formats;
using Morula.Options;
using Morula.Runs;

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

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Writes a page to look at: scores, curves, the worst cells with pictures. Left out: beside the file of --json, where that is given.",
        HelpName = "file.html",
    };

    private static readonly Option<string?> Images = new("--images")
    {
        Description = "For the pictures of the page: image, or folder of images with the same file names (of movies: their frames). Left out: outlines on a plain ground.",
        HelpName = "path",
    };

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
            new VerbExample("evaluate --truth labels --prediction cells --images raw --report evaluation.html", "writes a page with the worst cells over their images"),
            new VerbExample("evaluate --truth data --prediction found --tracks --frames 46..53", "compares tracks and divisions as well, in a part of a movie"),
        ],
        [Truth, Prediction, Json, Report, Images, Background, Partial, Tracks, FrameRange.Option],
        Run);

    private static void Run(VerbContext context)
    {
        if (context.Value(Images) is not null && PagePath(context) is null) throw new UsageException("--images is for the page; name it together with --report or --json.");
        if (context.Value(Tracks)) CompareMovies(context, FrameRange.Of(context));
        else if (context.Value(FrameRange.Option) is not null) throw new UsageException("--frames chooses frames of movies; name it together with --tracks.");
        else CompareImages(context);
    }

    private static void CompareImages(VerbContext context)
    {
        EvaluationPairs pairs = EvaluationPairs.Find(context.Value(Truth), context.Value(Prediction), context.Value(Partial));
        var options = new EvaluationOptions { TruthBackground = context.Value(Background) };
        var progress = new ImageLines(context, "image", pairs.Count);
        EvaluationReport? report = Page(context);
        Scorecard scores = report?.Compare(pairs, options, progress, context.Stop) ?? Evaluator.Compare(pairs, options, progress, context.Stop);
        Write(context, scores.Notes, scores.Table, scores.ToJson, report, OptionsFile.Write(options));
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
        var progress = new ImageLines(context, "frame", truth.Labels.Count);
        EvaluationReport? report = Page(context);
        TrackingScores scores = report?.Compare(truth, found, options, progress, context.Stop) ?? TrackingEvaluator.Compare(truth, found, options, progress, context.Stop);
        Write(context, scores.Images.Notes, scores.Table, scores.ToJson, report, OptionsFile.Write(options));
    }

    private static void Write(VerbContext context, IReadOnlyList<string> notes, ScoreTable table, Func<string> json, EvaluationReport? report, string options)
    {
        context.Progress.Dispose();
        if (context.Value(Json) is { } path) AtomicFile.WriteText(path, json());
        string? page = report is null ? null : Written(context, report, options);
        context.Result(new { scores = table.ToDictionary(row => row.Name, row => table[row.Name], StringComparer.Ordinal), notes, report = page }, output =>
        {
            foreach (string note in notes) context.Error.WriteLine($"note: {note}");
            output.Write(table.ToString());
        });
    }

    private static string? PagePath(VerbContext context) =>
        context.Value(Report) ?? (context.Value(Json) is { } json ? Path.ChangeExtension(json, ".html") : null);

    private static EvaluationReport? Page(VerbContext context) => PagePath(context) is null ? null : new EvaluationReport(context.Value(Images));

    private static string? Written(VerbContext context, EvaluationReport report, string options)
    {
        string path = PagePath(context)!;
        KeyValuePair<string, string>[] facts =
        [
            new("truth", context.Value(Truth)), new("prediction", context.Value(Prediction)), new("images", context.Value(Images) ?? "not named"),
            new("time", $"{context.Cost.Elapsed.TotalSeconds:0.0} s"), new("made at", $"{context.Cost.Ended:yyyy-MM-dd HH:mm} UTC"),
        ];
        return ReportLine.Told(context, path, report.TryWrite(path, facts, options));
    }

    private sealed class ImageLines(VerbContext context, string kind, int count) : IProgress<ImageScores>
    {
        private int done;

        public void Report(ImageScores value) => context.Progress.Report(++done, count, caption: $"{kind} {done}/{count}");
    }
}
