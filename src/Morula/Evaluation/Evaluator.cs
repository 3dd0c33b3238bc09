using Morula.Formats;
using Morula.Volumes;

namespace Morula.Evaluation;

/// <summary>Compares predictions with the truth; the front door of this room.</summary>
public static class Evaluator
{
    /// <summary>Compares two label volumes, rank 2, 3 or 4. A prediction on another grid of the same field is brought to the truth's.</summary>
    /// <exception cref="ArgumentException">The volumes do not show the same field.</exception>
    public static Scores Compare(LabelVolume truth, LabelVolume prediction, EvaluationOptions? options = null) =>
        Compare([EvaluationPair.OfVolumes("image", truth, prediction)], options).Pooled;

    /// <summary>Compares the files found in two places; what was passed over is noted in the scorecard.</summary>
    /// <inheritdoc cref="Compare(IEnumerable{EvaluationPair}, EvaluationOptions?, IProgress{ImageScores}?, CancellationToken)"/>
    public static Scorecard Compare(
        EvaluationPairs pairs, EvaluationOptions? options = null, IProgress<ImageScores>? progress = null, CancellationToken cancellation = default) =>
        Compare(pairs, [.. pairs.Notes], options ?? new(), progress, cancellation);

    /// <summary>
    /// Compares image by image, one in memory at a time. A prediction on another grid is resampled to the grid of its truth (nearest
    /// voxel) where both cover the same field.
    /// </summary>
    /// <param name="pairs">At least one pair.</param>
    /// <param name="options">How to compare; the defaults if null.</param>
    /// <param name="progress">Told the scores of each image.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="ArgumentException">There is no pair, or a pair in memory does not show the same field.</exception>
    /// <exception cref="VolumeFormatException">A file cannot be read or does not show the field of its truth.</exception>
    public static Scorecard Compare(
        IEnumerable<EvaluationPair> pairs, EvaluationOptions? options = null, IProgress<ImageScores>? progress = null, CancellationToken cancellation = default) =>
        Compare(pairs, [], options ?? new(), progress, cancellation);

    private static Scorecard Compare(
        IEnumerable<EvaluationPair> pairs, List<string> notes, EvaluationOptions options, IProgress<ImageScores>? progress, CancellationToken cancellation)
    {
        var tallies = new List<ImageTally>();
        var images = new List<ImageScores>();
        foreach (EvaluationPair pair in pairs)
        {
            cancellation.ThrowIfCancellationRequested();
            ImageTally tally = Tally(pair, options, notes);
            tallies.Add(tally);
            images.Add(new ImageScores(pair.Name, new Scores([tally])));
            progress?.Report(images[^1]);
        }

        if (tallies.Count == 0) throw new ArgumentException("There is no image to compare.", nameof(pairs));
        return new Scorecard(new Scores(tallies), images, notes, options);
    }

    private static ImageTally Tally(EvaluationPair pair, EvaluationOptions options, List<string> notes)
    {
        var (truth, truthCells) = pair.ReadTruth();
        var (prediction, predictedCells) = pair.ReadPrediction();
        if (GridAlignment.Problem(truth, prediction, options) is { } problem)
        {
            throw pair.PredictionPath is { } path
                ? new VolumeFormatException(path, $"does not fit {pair.TruthPath}: {problem}")
                : new ArgumentException($"{pair.Name}: {problem}", nameof(pair));
        }

        if (prediction.Extent != truth.Extent)
            notes.Add($"{pair.Name}: the prediction ({prediction.Extent}) was brought to the grid of the truth ({truth.Extent}).");
        truth = WithoutBackground(truth, options.TruthBackground);
        prediction = WithoutBackground(prediction.Resample(truth.Extent), options.PredictionBackground);
        ImageTally tally = ImageTally.Of(truth, prediction, truthCells, predictedCells, options);
        if (predictedCells.Scores is { } scores && tally.PredictedLabels.Count(label => !scores.ContainsKey(label)) is > 0 and var unknown)
            notes.Add($"{pair.Name}: {unknown} of {tally.PredictedCells} predicted cells have no score; they rank last.");
        return tally;
    }

    private static LabelVolume WithoutBackground(LabelVolume labels, int background) => background == 0
        ? labels
        : new LabelVolume(labels.Extent, labels.Spacing, Array.ConvertAll(labels.Voxels, label => label == background ? 0 : label));
}
