namespace Morula.Evaluation;

/// <summary>How well the volume of a cell is known, over the cells matched at an overlap of at least 0.5.</summary>
/// <param name="Cells">Matched cells.</param>
/// <param name="ErrorSum">Sum of |predicted - true| / true volume.</param>
/// <param name="BiasSum">Sum of (predicted - true) / true volume.</param>
public sealed record VolumeScores(long Cells, double ErrorSum, double BiasSum)
{
    /// <summary>Mean relative error of the volume of a matched cell, 0 best; null where none is matched.</summary>
    public double? Error => Cells == 0 ? null : ErrorSum / Cells;

    /// <summary>Mean signed relative error: above 0 where cells are found too large; null where none is matched.</summary>
    public double? Bias => Cells == 0 ? null : BiasSum / Cells;

    /// <summary>The volumes of matched cells.</summary>
    public static VolumeScores Of(CellMatching matching)
    {
        double error = 0;
        double bias = 0;
        foreach (LabelOverlap pair in matching.Pairs)
        {
            double truth = matching.Table.TruthSizes[pair.Truth];
            double relative = (matching.Table.PredictedSizes[pair.Predicted] - truth) / truth;
            error += Math.Abs(relative);
            bias += relative;
        }

        return new VolumeScores(matching.Pairs.Count, error, bias);
    }

    /// <summary>The cells of two images together.</summary>
    public VolumeScores Add(VolumeScores other) => new(Cells + other.Cells, ErrorSum + other.ErrorSum, BiasSum + other.BiasSum);
}
