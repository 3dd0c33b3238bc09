using Morula.Evaluation;
using Morula.Formats;
using Morula.Inference;
using Morula.Reports;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Training;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>From nothing to segmented cells: synthesises an embryo, finds its cells with the network that comes with the program or with one taught on the spot, evaluates, writes a page.</summary>
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
    /// <param name="folder">Receives data, prediction and page, and where a network is taught also its run.</param>
    /// <param name="minutes">Bound of a training; null: the network that comes with the program is used.</param>
    /// <param name="seed">Of every random choice.</param>
    /// <param name="progress">Told of every training step, and of each stage as a message.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static DemoOutcome Run(string folder, double? minutes, int seed, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        string unseen = Path.Combine(folder, "unseen");
        Say("synthesising an embryo to be judged on");
        SyntheticDataSet.WriteEmbryos(unseen, minutes is null ? EmbryoOptions.Hard : EmbryoOptions.Easy, 1, seed + UnseenSeedShift, cancellation: cancellation);
        Pair pair = DataSet.Open(unseen).Pairs[0];
        string network = minutes is { } bound ? Train(folder, bound, seed, progress, cancellation) : ShippedNetworks.PathOf(ShippedNetworks.Default);
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<string> scale = minutes is null ? CellDiameter.Overrides(network, CellDiameter.Estimate(network, [new ImageFrame(pair.ImagePath)], cancellation: cancellation)) : [];
        Say("finding the cells of the unseen embryo");
        using var run = new PredictionRun(network, scale);
        PredictedImage found = run.Predict(pair.ImagePath, Path.Combine(folder, "prediction"), cancellation: cancellation);
        Scorecard scores = Evaluator.Compare([EvaluationPair.OfFiles(pair.LabelPath, found.Files.Labels)], cancellation: cancellation);
        string page = Path.Combine(folder, "demo.html");
        WritePage(page, run.Options, found.Whole!, VolumeFile.ReadLabels(pair.LabelPath), scores, minutes is not null);
        return new DemoOutcome(page, found.Files, network, scores);

        void Say(string message) => Tell(progress, message);
    }

    private static string Train(string folder, double minutes, int seed, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        string data = Path.Combine(folder, "data");
        Tell(progress, $"synthesising {TrainingCount + ValidationCount} embryos to learn from");
        SyntheticDataSet.WriteEmbryos(data, EmbryoOptions.Easy, TrainingCount + ValidationCount, seed, cancellation: cancellation);
        Tell(progress, $"training the lean network for at most {minutes:0.#} minutes");
        return TrainingRun.Start(Options(minutes, seed), data, Path.Combine(folder, "run"), resume: false, progress, cancellation).BestPath;
    }

    private static void Tell(IProgress<TrainingProgress> progress, string message) =>
        progress.Report(new TrainingProgress(0, 0, 0, new Dictionary<string, double>(StringComparer.Ordinal), 0, message));

    private static void WritePage(string path, MorulaOptions options, WholePrediction found, LabelVolume truth, Scorecard scores, bool trained)
    {
        var page = new Page("Morula: every cell of an embryo");
        LabelVolume coloured = CellMatching.Match(Contingency.Count(truth, found.Prediction.Labels), PairOverlap).WithTruthLabels(found.Prediction.Labels);
        page.Paragraph(
            (trained ? $"A lean Mask R-CNN was trained on {TrainingCount} synthetic embryos with membrane-marked cells and then shown one it had never seen. " : "The Mask R-CNN that comes with the program was shown a synthetic embryo it had never seen, noisy and with holes in its membranes. ") +
            $"It found {found.Prediction.Cells.Count} cells; {truth.Cells().Count} are there.");
        page.Section("The unseen embryo")
            .Figure(SliceFigure.Comparison(found.Image, truth, coloured), "Middle plane: image, truth, prediction; a cell that was found has the colour of its truth.")
            .Figure(SliceFigure.Orthogonal(found.Image, coloured), "Prediction in three planes through the middle.");
        page.Section("Scores").Table(["score", "value"], [.. scores.Table.Where(IsMain).Select(row => (IReadOnlyList<string>)[row.Name, row.Text])]);
        page.Section("Cells").Table(
            ["id", "score", "volume (µm³)", "surface (µm²)", "neighbours"],
            [.. found.Table.Rows.Select(Row)]);
        if (trained) page.Section("Training").Paragraph("Losses and scores by step: run/report.html");
        page.Options(Morula.Options.OptionsFile.Write(options));
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
