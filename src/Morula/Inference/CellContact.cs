namespace Morula.Inference;

/// <summary>A cell that touches another.</summary>
/// <param name="Label">Label of the neighbour.</param>
/// <param name="Area">Shared membrane in µm² (µm at rank 2; at rank 4 averaged over the frames of the cell it is listed under).</param>
public readonly record struct CellContact(int Label, double Area);
