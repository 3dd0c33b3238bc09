namespace Morula.Evaluation;

/// <summary>
/// SEG and DET of the Cell Tracking Challenge (Maška et al. 2014; Matula et al. 2015). A truth cell R belongs to the predicted cell S
/// that holds more than half of it, |R and S| > |R| / 2; S may hold several.
/// </summary>
/// <param name="TruthCells">Truth cells.</param>
/// <param name="IouSum">Sum over truth cells of the overlap with the cell that holds them, 0 where none does.</param>
/// <param name="Splits">Cuts a person would make: for every predicted cell that holds k > 1 truth cells, k - 1.</param>
/// <param name="Missed">Truth cells that no predicted cell holds.</param>
/// <param name="Extra">Predicted cells that hold no truth cell.</param>
public sealed record TrackingChallengeScores(long TruthCells, double IouSum, long Splits, long Missed, long Extra)
{
    private const double SplitWeight = 5;
    private const double MissedWeight = 10;
    private const double ExtraWeight = 1;

    /// <summary>Mean overlap per truth cell; null without truth cells.</summary>
    public double? Seg => TruthCells == 0 ? null : IouSum / TruthCells;

    /// <summary>
    /// 1 - min(D, D0) / D0: D weighs what a person would do to mend the prediction (split 5, add 10, delete 1), D0 is adding every
    /// cell by hand. Null without truth cells.
    /// </summary>
    public double? Det => TruthCells == 0 ? null : 1 - (Math.Min(Work, WorkFromNothing) / WorkFromNothing);

    /// <summary>D: what it costs to mend the prediction.</summary>
    internal double Work => (SplitWeight * Splits) + (MissedWeight * Missed) + (ExtraWeight * Extra);

    /// <summary>D0: what it costs to add every cell by hand.</summary>
    internal double WorkFromNothing => MissedWeight * TruthCells;

    /// <summary>Both scores of two label volumes.</summary>
    public static TrackingChallengeScores Of(Contingency table)
    {
        var held = new int[table.PredictedCount];
        double iouSum = 0;
        int found = 0;
        foreach (LabelOverlap overlap in table.Overlaps)
        {
            if (!table.IsHeld(overlap)) continue;
            held[overlap.Predicted]++;
            iouSum += overlap.Iou;
            found++;
        }

        return new TrackingChallengeScores(
            table.TruthCount, iouSum, held.Sum(count => Math.Max(0, count - 1)), table.TruthCount - found, held.Count(count => count == 0));
    }

    /// <summary>The counts of two images together.</summary>
    public TrackingChallengeScores Add(TrackingChallengeScores other) => new(
        TruthCells + other.TruthCells, IouSum + other.IouSum, Splits + other.Splits, Missed + other.Missed, Extra + other.Extra);
}
