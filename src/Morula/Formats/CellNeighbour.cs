namespace Morula.Formats;

/// <summary>A cell that touches another.</summary>
/// <param name="Id">Its track.</param>
/// <param name="Area">Shared membrane, µm².</param>
public readonly record struct CellNeighbour(int Id, double Area);
