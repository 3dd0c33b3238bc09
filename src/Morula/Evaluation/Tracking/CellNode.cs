namespace Morula.Evaluation;

/// <summary>A cell in one frame: a vertex of the graph of a tracked movie.</summary>
/// <param name="Frame">Number of the frame.</param>
/// <param name="Id">Label of the cell, that of its track.</param>
internal readonly record struct CellNode(int Frame, int Id);
