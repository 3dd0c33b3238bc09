namespace Morula.Runs;

/// <summary>How well scores and foretold overlaps tell the truth, on cells of images that did not teach them.</summary>
/// <param name="Images">Number of images.</param>
/// <param name="Cells">Number of cells found in them.</param>
/// <param name="Weights">What was fitted, on all images.</param>
/// <param name="Scores">By ranges of the score: whether cells of a score s are right in a share s of cases.</param>
/// <param name="Error">Mean absolute difference of foretold and true overlap.</param>
/// <param name="RankCorrelation">Spearman's correlation of foretold and true overlap.</param>
/// <param name="FoundFirst">Share of the wrong cells (overlap below 0.5) among the tenth of all cells whose foretold overlap is lowest; null where no cell is wrong.</param>
/// <param name="FoundFirstByScore">The same by score.</param>
public sealed record CalibrationOutcome(
    int Images, int Cells, IReadOnlyList<double> Weights, IReadOnlyList<CalibrationBin> Scores, double Error, double RankCorrelation, double? FoundFirst, double? FoundFirstByScore);
