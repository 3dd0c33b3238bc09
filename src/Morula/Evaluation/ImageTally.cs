using Morula.Volumes;

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

    public static ImageTally Of(
        LabelVolume truth, LabelVolume prediction, CellAttributes truthCells, CellAttributes predictedCells, EvaluationOptions options)
    {
        Contingency table = Contingency.Count(truth, prediction);
        CellMatching half = CellMatching.Match(table, 0.5);
        return new ImageTally
        {
            TruthCells = table.TruthCount,
            PredictedLabels = table.PredictedLabels,
            Tracking = TrackingChallengeScores.Of(table),
            Ranked = RankedDetections.Rank(table, predictedCells),
            Paper = PaperScores.Of(table, truthCells, predictedCells),
            Partition = PartitionScores.Of(table),
            Contacts = ContactScores.Of(
                ContactGraph.Find(truth, options.ContactGap, options.LeastContactFaces),
                ContactGraph.Find(prediction, options.ContactGap, options.LeastContactFaces),
                half),
            Volumes = VolumeScores.Of(half),
            Matchings = [.. options.Thresholds.Select(threshold => CellMatching.Match(table, threshold).Scores)],
        };
    }
}
