using Morula.Volumes;

namespace Morula.Evaluation;

/// <summary>
/// Truth cells and predicted cells paired one to one: as many pairs with an overlap (IoU) of at least the threshold as possible,
/// and among those choices the largest sum of overlaps. Above 0.5 a cell has at most one possible partner.
/// </summary>
public sealed class CellMatching
{
    private CellMatching(Contingency table, double threshold, IReadOnlyList<LabelOverlap> pairs)
    {
        Table = table;
        Threshold = threshold;
        Pairs = pairs;
    }

    /// <summary>The table the matching was made from.</summary>
    public Contingency Table { get; }

    /// <summary>Smallest overlap of a pair, in (0, 1].</summary>
    public double Threshold { get; }

    /// <summary>The pairs, by truth cell.</summary>
    public IReadOnlyList<LabelOverlap> Pairs { get; }

    /// <summary>Counts and the scores made of them.</summary>
    public MatchingScores Scores =>
        new(Threshold, Pairs.Count, Table.PredictedCount - Pairs.Count, Table.TruthCount - Pairs.Count, Pairs.Sum(pair => pair.Iou));

    /// <summary>
    /// The prediction with the labels of the truth, for pictures in which a cell keeps its colour: a paired cell takes its partner's
    /// label, any other a label above all of the truth's.
    /// </summary>
    /// <param name="prediction">The label volume the table was counted from.</param>
    public LabelVolume WithTruthLabels(LabelVolume prediction)
    {
        int next = Math.Max(0, Table.TruthLabels.Count == 0 ? 0 : Table.TruthLabels[^1]);
        var labels = Table.PredictedLabels.ToDictionary(label => label, _ => 0);
        foreach (LabelOverlap pair in Pairs) labels[Table.PredictedLabels[pair.Predicted]] = Table.TruthLabels[pair.Truth];
        foreach (int label in Table.PredictedLabels) labels[label] = labels[label] == 0 ? ++next : labels[label];
        labels[0] = 0;
        return new LabelVolume(prediction.Extent, prediction.Spacing, Array.ConvertAll(prediction.Voxels, label => labels[label]));
    }

    /// <summary>Pairs the cells of two label volumes.</summary>
    /// <param name="table">Their shared voxels.</param>
    /// <param name="threshold">Smallest overlap of a pair, in (0, 1].</param>
    public static CellMatching Match(Contingency table, double threshold)
    {
        if (!(threshold > 0 && threshold <= 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "An overlap threshold lies in (0, 1].");
        LabelOverlap[] allowed = [.. table.Overlaps.Where(overlap => overlap.Iou >= threshold)];
        IReadOnlyList<LabelOverlap> pairs =
            threshold > 0.5 ? allowed : OptimalAssignment.Choose(table.TruthCount, table.PredictedCount, allowed);
        return new CellMatching(table, threshold, pairs);
    }
}
