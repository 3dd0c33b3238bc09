using Morula.Formats;
using Morula.Lineages;

namespace Morula.Evaluation;

/// <summary>Compares tracked movies with the truth; the front door of this room for movies.</summary>
public static class TrackingEvaluator
{
    /// <summary>
    /// Compares two movies, frames of one number with each other, one frame of each in memory at a time. Found labels on another
    /// grid are resampled to the grid of the truth (nearest voxel) where both cover the same field.
    /// </summary>
    /// <param name="truth">The true movie.</param>
    /// <param name="found">The found movie, of whatever program.</param>
    /// <param name="options">How to compare; the defaults if null.</param>
    /// <param name="progress">Told the scores of each frame.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="VolumeFormatException">A movie lacks a frame, a file cannot be read or does not show the field of its truth, or a label has no track.</exception>
    public static TrackingScores Compare(
        TrackedMovie truth, TrackedMovie found, TrackingEvaluationOptions? options = null, IProgress<ImageScores>? progress = null, CancellationToken cancellation = default) =>
        Compare(truth, found, options ?? new(), null, progress, cancellation);

    /// <summary>As above; every frame is shown while it is in memory.</summary>
    internal static TrackingScores Compare(
        TrackedMovie truth, TrackedMovie found, TrackingEvaluationOptions options, PairSeen? seen, IProgress<ImageScores>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<FramePair> frames = FramePairs.Pair(truth.Labels, found.Labels, options.FirstFrame, options.LastFrame);
        return Compare(
            frames,
            truth.Lineage.Between(frames[0].Number, frames[^1].Number),
            found.Lineage.Between(frames[0].Number, frames[^1].Number),
            options,
            seen,
            progress,
            cancellation);
    }

    /// <summary>As above, for frames from whatever place: ascending, at least one; each is asked for once, when it is compared.</summary>
    internal static TrackingScores Compare(
        IEnumerable<FramePair> frames,
        Lineage truth,
        Lineage found,
        TrackingEvaluationOptions options,
        PairSeen? seen = null,
        IProgress<ImageScores>? progress = null,
        CancellationToken cancellation = default)
    {
        List<string> notes = [.. truth.Repairs, .. found.Repairs];
        var tallies = new List<ImageTally>();
        var images = new List<ImageScores>();
        var matches = new List<FrameMatch>();
        foreach (FramePair frame in frames)
        {
            cancellation.ThrowIfCancellationRequested();
            AlignedPair pair = AlignedPair.Read(frame.Pair, options.Images, notes);
            Contingency table = Contingency.Count(pair.Truth, pair.Prediction);
            RequireTracks(frame, frame.Pair.TruthPath, table.TruthLabels, truth);
            RequireTracks(frame, frame.Pair.PredictionPath, table.PredictedLabels, found);
            matches.Add(FrameMatch.Of(frame.Number, table));
            tallies.Add(Evaluator.Tally(frame.Pair.Name, pair, table, options.Images, notes));
            images.Add(new ImageScores(frame.Pair.Name, new Scores([tallies[^1]])));
            seen?.Invoke(frame.Pair.Name, frame.Number, pair, table);
            progress?.Report(images[^1]);
        }

        var card = new Scorecard(new Scores(tallies), images, notes, options.Images);
        return new TrackingScores(card, new MovieMatch(matches, truth, found), options);
    }

    private static void RequireTracks(FramePair frame, string? path, IReadOnlyList<int> labels, Lineage lineage)
    {
        foreach (int label in labels)
        {
            if (lineage.Contains(label) && lineage[label].Spans(frame.Number)) continue;
            string problem = lineage.Contains(label)
                ? $"frame {frame.Number} has the label {label}, whose track goes from frame {lineage[label].FirstFrame} to {lineage[label].LastFrame}; a track spans all frames in which it is seen."
                : $"frame {frame.Number} has the label {label}, which no track has; every cell of a tracked movie has a track.";
            throw path is null ? new ArgumentException(problem, nameof(lineage)) : new VolumeFormatException(path, problem);
        }
    }
}
