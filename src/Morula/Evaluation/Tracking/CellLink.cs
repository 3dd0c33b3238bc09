namespace Morula.Evaluation;

/// <summary>What leads from a cell to what becomes of it: an edge of the graph of a tracked movie.</summary>
/// <param name="From">The earlier cell.</param>
/// <param name="To">The later cell.</param>
/// <param name="IsParental">Whether it leads from a mother to her daughter; else both are of one track.</param>
internal readonly record struct CellLink(CellNode From, CellNode To, bool IsParental);
