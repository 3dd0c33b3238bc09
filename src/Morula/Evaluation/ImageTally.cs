namespace Morula.Evaluation;

/// <summary>All that is kept of one image: counts that add up, and the ranked cells.</summary>
internal sealed record ImageTally
{
    public required int TruthCells { get; init; }

    public required IReadOnlyList<int> PredictedLabels { get; init; }

    public int PredictedCells => PredictedLabels.Count;

    public required TrackingChallengeScores Tracking { get; init; }

    public required RankedDetections Ranked { get; init; }

    public required PaperScores Paper { get; init; }

    public required PartitionScores Partition { get; init; }

    public required ContactScores Contacts { get; init; }

    public required VolumeScores Volumes { get; init; }

    public required IReadOnlyList<MatchingScores> Matchings { get; init; }

    /// <summary>Counts one image.</summary>
    /// <param name="pair">Both sides on one grid.</param>
    /// <param name="table">Their shared voxels.</param>
    /// <param name="options">How to compare.</param>
    public static ImageTally Of(AlignedPair pair, Contingency table, EvaluationOptions options)
    {
        CellMatching half = CellMatching.Match(table, 0.5);
        return new ImageTally
        {
            TruthCells = table.TruthCount,
            PredictedLabels = table.PredictedLabels,
            Tracking = TrackingChallengeScores.Of(table),
            Ranked = RankedDetections.Rank(table, pair.PredictedCells),
            Paper = PaperScores.Of(table, pair.TruthCells, pair.PredictedCells),
            Partition = PartitionScores.Of(table),
            Contacts = ContactScores.Of(
                ContactGraph.Find(pair.Truth, options.ContactGap, options.LeastContactFaces),
                ContactGraph.Find(pair.Prediction, options.ContactGap, options.LeastContactFaces),
                half),
            Volumes = VolumeScores.Of(half),
            Matchings = [.. options.Thresholds.Select(threshold => CellMatching.Match(table, threshold).Scores)],
        };
    }
}
