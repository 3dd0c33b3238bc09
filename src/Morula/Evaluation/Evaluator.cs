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
        Compare(pairs, options ?? new(), null, progress, cancellation);

    /// <summary>As above; every pair is shown while it is in memory.</summary>
    internal static Scorecard Compare(EvaluationPairs pairs, EvaluationOptions options, PairSeen? seen, IProgress<ImageScores>? progress, CancellationToken cancellation) =>
        Compare(pairs, [.. pairs.Notes], options, seen, progress, cancellation);

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
        Compare(pairs, [], options ?? new(), null, progress, cancellation);

    /// <summary>As above; every pair is shown while it is in memory.</summary>
    internal static Scorecard Compare(IEnumerable<EvaluationPair> pairs, EvaluationOptions options, PairSeen seen, CancellationToken cancellation) =>
        Compare(pairs, [], options, seen, null, cancellation);

    private static Scorecard Compare(
        IEnumerable<EvaluationPair> pairs, List<string> notes, EvaluationOptions options, PairSeen? seen, IProgress<ImageScores>? progress, CancellationToken cancellation)
    {
        var tallies = new List<ImageTally>();
        var images = new List<ImageScores>();
        foreach (EvaluationPair pair in pairs)
        {
            cancellation.ThrowIfCancellationRequested();
            AlignedPair aligned = AlignedPair.Read(pair, options, notes);
            Contingency table = Contingency.Count(aligned.Truth, aligned.Prediction);
            ImageTally tally = Tally(pair.Name, aligned, table, options, notes);
            tallies.Add(tally);
            images.Add(new ImageScores(pair.Name, new Scores([tally])));
            seen?.Invoke(pair.Name, null, aligned, table);
            progress?.Report(images[^1]);
        }

        if (tallies.Count == 0) throw new ArgumentException("There is no image to compare.", nameof(pairs));
        return new Scorecard(new Scores(tallies), images, notes, options);
    }

    /// <summary>Counts an image that has been read, with a note if cells lack a score.</summary>
    internal static ImageTally Tally(string name, AlignedPair pair, Contingency table, EvaluationOptions options, List<string> notes)
    {
        ImageTally tally = ImageTally.Of(pair, table, options);
        if (pair.PredictedCells.Scores is { } scores && tally.PredictedLabels.Count(label => !scores.ContainsKey(label)) is > 0 and var unknown)
            notes.Add($"{name}: {unknown} of {tally.PredictedCells} predicted cells have no score; they rank last.");
        return tally;
    }
}
