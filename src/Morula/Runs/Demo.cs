using Morula.Evaluation;
using Morula.Formats;
using Morula.Inference;
using Morula.Reports;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Training;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>From nothing to segmented cells: synthesises embryos, trains the lean network briefly, predicts an unseen one, evaluates, writes a page.</summary>
public static class Demo
{
    private const int TrainingCount = 24;
    private const int ValidationCount = 2;
    private const double PairOverlap = 0.5;
    private const int UnseenSeedShift = 1_000_003;

    /// <summary>Options of the demo's network: the lean preset for the embryos that the demo makes.</summary>
    /// <param name="minutes">Bound of the training.</param>
    /// <param name="seed">Of every random choice.</param>
    public static MorulaOptions Options(double minutes, int seed) => Presets.Lean with
    {
        Samples = Presets.Lean.Samples with { Crop = [64], ValidationShare = (double)ValidationCount / (TrainingCount + ValidationCount) },
        Training = Presets.Lean.Training with { Minutes = minutes, Steps = 1500, Seed = seed, ValidateEvery = 250, ValidationImages = ValidationCount, WarmupSteps = 50 },
    };

    /// <summary>Runs the demo into a folder.</summary>
    /// <param name="folder">Receives data, run, prediction and page.</param>
    /// <param name="minutes">Bound of the training.</param>
    /// <param name="seed">Of every random choice.</param>
    /// <param name="progress">Told of every training step, and of each stage as a message.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static DemoOutcome Run(string folder, double minutes, int seed, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        string data = Path.Combine(folder, "data");
        string unseen = Path.Combine(folder, "unseen");
        string predictions = Path.Combine(folder, "prediction");
        Say($"synthesising {TrainingCount + ValidationCount} embryos to learn from and one to be judged on");
        SyntheticDataSet.WriteEmbryos(data, EmbryoOptions.Easy, TrainingCount + ValidationCount, seed, cancellation: cancellation);
        SyntheticDataSet.WriteEmbryos(unseen, EmbryoOptions.Easy, 1, seed + UnseenSeedShift, cancellation: cancellation);
        MorulaOptions options = Options(minutes, seed);
        Say($"training the lean network for at most {minutes:0.#} minutes");
        TrainingOutcome training = TrainingRun.Start(options, data, Path.Combine(folder, "run"), resume: false, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        Say("predicting the unseen embryo");
        using var run = new PredictionRun(training.BestPath, []);
        Pair pair = DataSet.Open(unseen).Pairs[0];
        PredictedImage found = run.Predict(pair.ImagePath, predictions, cancellation: cancellation);
        Scorecard scores = Evaluator.Compare([EvaluationPair.OfFiles(pair.LabelPath, found.Files.Labels)], cancellation: cancellation);
        string page = Path.Combine(folder, "demo.html");
        WritePage(page, options, found.Whole!, VolumeFile.ReadLabels(pair.LabelPath), scores, Path.Combine(folder, "run"));
        return new DemoOutcome(page, found.Files, training.BestPath, scores);

        void Say(string message) => progress.Report(new TrainingProgress(0, 0, 0, new Dictionary<string, double>(StringComparer.Ordinal), 0, message));
    }

    private static void WritePage(string path, MorulaOptions options, WholePrediction found, LabelVolume truth, Scorecard scores, string runFolder)
    {
        var page = new Page("Morula: every cell of an embryo");
        LabelVolume coloured = CellMatching.Match(Contingency.Count(truth, found.Prediction.Labels), PairOverlap).WithTruthLabels(found.Prediction.Labels);
        page.Paragraph(
            $"A lean Mask R-CNN was trained on {TrainingCount} synthetic embryos with membrane-marked cells and then shown one it had never seen. " +
            $"It found {found.Prediction.Cells.Count} cells; {truth.Cells().Count} are there.");
        page.Section("The unseen embryo")
            .Figure(SliceFigure.Comparison(found.Image, truth, coloured), "Middle plane: image, truth, prediction; a cell that was found has the colour of its truth.")
            .Figure(SliceFigure.Orthogonal(found.Image, coloured), "Prediction in three planes through the middle.");
        page.Section("Scores").Table(["score", "value"], [.. scores.Table.Where(IsMain).Select(row => (IReadOnlyList<string>)[row.Name, row.Text])]);
        page.Section("Cells").Table(
            ["id", "score", "volume (µm³)", "surface (µm²)", "neighbours"],
            [.. found.Table.Rows.Select(Row)]);
        page.Section("Training").Paragraph($"Losses and scores by step: {Path.GetFileName(runFolder)}/report.html");
        page.Section("Options").Preformatted(Morula.Options.OptionsFile.Write(options));
        page.Save(path);
    }

    // Of the scores at many thresholds the page shows one; evaluate shows them all.
    private static bool IsMain(ScoreRow row) => !row.Name.Contains('@') || row.Name.StartsWith("accuracy@", StringComparison.Ordinal);

    private static IReadOnlyList<string> Row(CellRow cell) =>
    [
        cell.Label.ToString(), cell.Score.ToString("0.000"), cell.Volume.ToString("0.0"), cell.Surface.ToString("0.0"),
        string.Join(' ', cell.Contacts.Select(contact => contact.Label)),
    ];
}
