namespace Morula.Runs;

/// <summary>Cells whose scores lie in a range.</summary>
/// <param name="From">Least score.</param>
/// <param name="To">Upper end, outside the range but for 1.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Score">Mean of their scores.</param>
/// <param name="Right">Share of them that overlap their true cell by 0.5 (IoU) at least.</param>
/// <param name="Overlap">Mean of their overlaps.</param>
public sealed record CalibrationBin(double From, double To, int Cells, double Score, double Right, double Overlap);
