using Morula.Evaluation;

namespace Morula.Viewer;

/// <summary>The cells of a frame, and what is wrong with them where the truth is known.</summary>
/// <param name="IsMeasured">Whether the numbers were measured on the coarse grid, since no table tells them.</param>
/// <param name="Cells">The cells.</param>
/// <param name="Faults">Faults of found cells by label.</param>
/// <param name="TrueFaults">Faults of true cells by label.</param>
internal sealed record FrameCells(bool IsMeasured, IReadOnlyList<CellLine> Cells, IReadOnlyDictionary<int, CellFault>? Faults, IReadOnlyDictionary<int, CellFault>? TrueFaults);
