namespace Morula.Evaluation;

/// <summary>
/// Counts of a one-to-one matching and the scores made of them (Weigert et al. 2020, StarDist; panoptic quality: Kirillov et al. 2019).
/// Every score is null where neither side has a cell, and 0 where nothing is matched.
/// </summary>
/// <param name="Threshold">Smallest overlap of a pair, in (0, 1].</param>
/// <param name="TruePositives">Matched cells.</param>
/// <param name="FalsePositives">Predicted cells without partner.</param>
/// <param name="FalseNegatives">Truth cells without partner.</param>
/// <param name="IouSum">Sum of the overlaps of the pairs.</param>
public sealed record MatchingScores(double Threshold, long TruePositives, long FalsePositives, long FalseNegatives, double IouSum)
{
    /// <summary>TP / (TP + FP + FN).</summary>
    public double? Accuracy => Share(TruePositives, TruePositives + FalsePositives + FalseNegatives);

    /// <summary>TP / (TP + FP).</summary>
    public double? Precision => Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>TP / (TP + FN).</summary>
    public double? Recall => Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>2 TP / (2 TP + FP + FN).</summary>
    public double? F1 => Share(TruePositives, TruePositives + (0.5 * (FalsePositives + FalseNegatives)));

    /// <summary>Sum of IoU / (TP + FP/2 + FN/2).</summary>
    public double? PanopticQuality => Share(IouSum, TruePositives + (0.5 * (FalsePositives + FalseNegatives)));

    /// <summary>Mean IoU of the pairs.</summary>
    public double? MeanMatchedScore => Share(IouSum, TruePositives);

    /// <summary>Sum of IoU over the number of truth cells.</summary>
    public double? MeanTrueScore => Share(IouSum, TruePositives + FalseNegatives);

    /// <summary>The counts of two images together.</summary>
    /// <exception cref="ArgumentException">The thresholds differ.</exception>
    public MatchingScores Add(MatchingScores other)
    {
        if (other.Threshold != Threshold)
            throw new ArgumentException($"Counts at threshold {other.Threshold} cannot be added to counts at {Threshold}.", nameof(other));
        return new MatchingScores(
            Threshold,
            TruePositives + other.TruePositives,
            FalsePositives + other.FalsePositives,
            FalseNegatives + other.FalseNegatives,
            IouSum + other.IouSum);
    }

    private double? Share(double part, double whole)
    {
        if (TruePositives + FalsePositives + FalseNegatives == 0) return null;
        return TruePositives == 0 ? 0 : part / whole;
    }
}
