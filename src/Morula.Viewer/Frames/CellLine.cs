namespace Morula.Viewer;

/// <summary>What the page is told of a cell.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Centre">µm from the corner of the frame, z y x.</param>
/// <param name="Volume">µm³.</param>
/// <param name="Surface">µm².</param>
/// <param name="Score">Score of its detection; null where it is not known.</param>
/// <param name="Neighbours">Labels of the cells that it touches.</param>
/// <param name="Contacts">Areas shared with them, µm².</param>
internal sealed record CellLine(int Label, double[] Centre, double Volume, double Surface, double? Score, int[] Neighbours, double[] Contacts);
