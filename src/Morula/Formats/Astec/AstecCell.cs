namespace Morula.Formats;

/// <summary>What is written of a cell.</summary>
/// <param name="Number">Its number in ASTEC.</param>
/// <param name="Properties">What was measured.</param>
/// <param name="Contacts">Number of each neighbour, the background among them, and the area, µm².</param>
internal sealed record AstecCell(long Number, CellProperties Properties, IReadOnlyList<(long Number, double Area)> Contacts);
