using Morula.Formats;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Training;

namespace Morula.Runs;

/// <summary>Teaches a network to foretell the quality of its cells, on annotated images, and tells how far its scores can be believed.</summary>
public static class CalibrationRun
{
    private const double RightOverlap = 0.5;
    private const double FirstShare = 0.1;
    private static readonly double[] Ends = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

    /// <summary>Predicts every image, compares, fits, and writes the same weights with what was learnt.</summary>
    /// <param name="checkpointPath">A network for single images.</param>
    /// <param name="dataPath">Data set; where it states a split the validation images are used, else all of them.</param>
    /// <param name="target">Checkpoint to write.</param>
    /// <param name="overrides">Options of the prediction, kept with what was learnt: it holds for them.</param>
    /// <param name="progress">Told how many images of how many have been predicted.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="VolumeFormatException">A file cannot be read or does not fit.</exception>
    /// <exception cref="OptionsException">The network sees movies, or the images hold too few cells.</exception>
    public static CalibrationOutcome Run(
        string checkpointPath, string dataPath, string target, IEnumerable<string> overrides, IProgress<(int Done, int Count)>? progress = null, CancellationToken cancellation = default)
    {
        using var run = new PredictionRun(checkpointPath, overrides);
        if (run.SeesMovies) throw new OptionsException(checkpointPath, "this network sees movies; train fits the quality of its cells on the clips that it holds out.");
        IReadOnlyList<Pair> pairs = Pairs(DataSet.Open(dataPath));
        QualityFit fit = Look(run, pairs, progress, cancellation);
        if (fit.Cells < QualityFit.FewestCells) throw new OptionsException(dataPath, $"{fit.Cells} cells were found; {QualityFit.FewestCells} are needed to learn from.");
        MorulaOptions options = fit.ApplyTo(run.Options);
        Checkpoint.Save(target, run.Network, OptionsFile.Write(options), Checkpoint.Load(checkpointPath).Metadata);
        return Outcome(fit, pairs.Count, options.Inference.Quality.Weights);
    }

    private static IReadOnlyList<Pair> Pairs(DataSet data) => data.Of(Split.Validation) is { Count: > 0 } held ? held : data.Pairs;

    private static QualityFit Look(PredictionRun run, IReadOnlyList<Pair> pairs, IProgress<(int Done, int Count)>? progress, CancellationToken cancellation)
    {
        MorulaOptions all = run.Options with { Training = run.Options.Training with { ValidationImages = pairs.Count } };
        var validator = new Validator(all, pairs, run.Device) { Progress = progress };
        validator.Score(run.Network, cancellation);
        return validator.Quality;
    }

    private static CalibrationOutcome Outcome(QualityFit fit, int images, double[] weights)
    {
        IReadOnlyList<(float Score, double Foretold, double True)> cells = fit.Judge();
        double[] found = [.. cells.Select(cell => cell.True)];
        double[] foretold = [.. cells.Select(cell => cell.Foretold)];
        double error = cells.Count == 0 ? double.NaN : cells.Average(cell => Math.Abs(cell.Foretold - cell.True));
        return new CalibrationOutcome(
            images, fit.Cells, weights, Bins(cells), error, RankCorrelation(foretold, found), FoundFirst(foretold, found), FoundFirst([.. cells.Select(cell => (double)cell.Score)], found));
    }

    private static CalibrationBin[] Bins(IReadOnlyList<(float Score, double Foretold, double True)> cells) =>
        [.. Ends.Zip(Ends.Skip(1), (from, to) => Bin(from, to, [.. cells.Where(cell => cell.Score >= from && (cell.Score < to || to >= 1))])).Where(bin => bin.Cells > 0)];

    private static CalibrationBin Bin(double from, double to, IReadOnlyList<(float Score, double Foretold, double True)> cells) => cells.Count == 0
        ? new CalibrationBin(from, to, 0, 0, 0, 0)
        : new CalibrationBin(from, to, cells.Count, cells.Average(cell => cell.Score), (double)cells.Count(cell => cell.True >= RightOverlap) / cells.Count, cells.Average(cell => cell.True));

    private static double? FoundFirst(double[] order, double[] found)
    {
        int wrong = found.Count(overlap => overlap < RightOverlap);
        int[] first = [.. Enumerable.Range(0, order.Length).OrderBy(cell => order[cell]).Take((int)Math.Ceiling(FirstShare * order.Length))];
        return wrong == 0 ? null : (double)first.Count(cell => found[cell] < RightOverlap) / wrong;
    }

    // Pearson's correlation of the ranks; equal numbers share their mean rank.
    private static double RankCorrelation(double[] one, double[] other)
    {
        var (first, second) = (Ranks(one), Ranks(other));
        double middle = (one.Length - 1) / 2.0;
        double Product(double[] a, double[] b) => a.Zip(b, (left, right) => (left - middle) * (right - middle)).Sum();
        return Product(first, second) / Math.Sqrt(Product(first, first) * Product(second, second));
    }

    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(index => values[index])];
        var ranks = new double[values.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (int place = start; place < end; place++) ranks[order[place]] = (start + end - 1) / 2.0;
            start = end;
        }

        return ranks;
    }
}
