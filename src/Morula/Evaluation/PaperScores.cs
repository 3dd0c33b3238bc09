namespace Morula.Evaluation;

/// <summary>
/// The metric of David and Faure (Front. Bioinform. 2025), one image, overlap 0.5: predicted cells by descending score, each takes
/// the best still-free truth cell of its class. Null where neither side has a cell, 0 where only one side has.
/// </summary>
/// <param name="Precision">Right cells over predicted cells.</param>
/// <param name="Recall">Right cells over truth cells.</param>
/// <param name="AveragePrecision">Area under the monotone envelope of precision over recall.</param>
/// <param name="MeanIou">Mean overlap of the right cells; null where none is right.</param>
public sealed record PaperScores(double? Precision, double? Recall, double? AveragePrecision, double? MeanIou)
{
    private const double Threshold = 0.5;

    /// <summary>The metric of one image. Classes are compared where both sides have them.</summary>
    public static PaperScores Of(Contingency table, CellAttributes? truth = null, CellAttributes? predicted = null)
    {
        (truth, predicted) = (truth ?? CellAttributes.None, predicted ?? CellAttributes.None);
        if (table.TruthCount + table.PredictedCount == 0) return new PaperScores(null, null, null, null);
        if (table.TruthCount == 0 || table.PredictedCount == 0) return new PaperScores(0, 0, 0, null);
        double[] scores = [.. table.PredictedLabels.Select(predicted.ScoreOf)];
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(index => scores[index])];
        bool classes = truth.Classes is not null && predicted.Classes is not null;
        ILookup<int, LabelOverlap> candidates = table.Overlaps
            .Where(pair => !classes || truth.ClassOf(table.TruthLabels[pair.Truth]) == predicted.ClassOf(table.PredictedLabels[pair.Predicted]))
            .ToLookup(pair => pair.Predicted);
        LabelOverlap?[] taken = GreedyMatching.Take(table, order, Threshold, candidates);
        double[] overlaps = [.. taken.Where(overlap => overlap is not null).Select(overlap => overlap!.Value.Iou)];
        return new PaperScores(
            (double)overlaps.Length / table.PredictedCount,
            (double)overlaps.Length / table.TruthCount,
            EnvelopeArea([.. order.Select(cell => taken[cell] is not null)], table.TruthCount),
            overlaps.Length == 0 ? null : overlaps.Average());
    }

    /// <summary>Each right cell adds 1 / truth cells of recall, at the best precision from its rank on.</summary>
    private static double EnvelopeArea(bool[] right, int truthCells)
    {
        int found = right.Count(isRight => isRight);
        double best = 0;
        double area = 0;
        for (int rank = right.Length - 1; rank >= 0; rank--)
        {
            best = Math.Max(best, (double)found / (rank + 1));
            if (!right[rank]) continue;
            area += best / truthCells;
            found--;
        }

        return area;
    }
}
