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
