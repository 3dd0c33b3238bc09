namespace Morula.Evaluation;

/// <summary>The predicted cells of one image, surest first, and which of them are right at each overlap threshold of COCO.</summary>
public sealed class RankedDetections
{
    private readonly bool[][] right;

    private RankedDetections(int truthCells, double[] scores, bool[][] right)
    {
        TruthCells = truthCells;
        Scores = scores;
        this.right = right;
    }

    /// <summary>The ten overlap thresholds, 0.50 to 0.95 in steps of 0.05.</summary>
    public static IReadOnlyList<double> Thresholds { get; } = [.. Enumerable.Range(0, 10).Select(step => (50 + (5 * step)) / 100.0)];

    /// <summary>Number of truth cells.</summary>
    public int TruthCells { get; }

    /// <summary>Scores, descending.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>Whether each predicted cell is right at the threshold of this index, in the order of <see cref="Scores"/>.</summary>
    public IReadOnlyList<bool> RightAt(int threshold) => right[threshold];

    /// <summary>Ranks by score, equal scores by label, and lets each cell take the best truth cell that is still free.</summary>
    public static RankedDetections Rank(Contingency table, CellAttributes? predicted = null)
    {
        predicted ??= CellAttributes.None;
        double[] scores = [.. table.PredictedLabels.Select(predicted.ScoreOf)];
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(index => scores[index])];
        ILookup<int, LabelOverlap> candidates = table.Overlaps.ToLookup(overlap => overlap.Predicted);
        bool[][] verdicts = [.. Thresholds.Select(threshold =>
        {
            LabelOverlap?[] taken = GreedyMatching.Take(table, order, threshold, candidates);
            return order.Select(cell => taken[cell] is not null).ToArray();
        })];
        return new RankedDetections(table.TruthCount, [.. order.Select(index => scores[index])], verdicts);
    }
}
