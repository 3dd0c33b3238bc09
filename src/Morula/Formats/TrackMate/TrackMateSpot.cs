namespace Morula.Formats;

/// <summary>A cell in one frame as TrackMate knows it.</summary>
/// <param name="Id">Number of the spot, from 0.</param>
/// <param name="Family">Number of the family it belongs to, all that descend from one cell.</param>
/// <param name="Before">Number of the spot that it continues or descends from; -1 where there is none.</param>
/// <param name="Frame">Frame of the image, from 0.</param>
/// <param name="Cell">What was measured.</param>
internal sealed record TrackMateSpot(int Id, int Family, int Before, int Frame, CellProperties Cell);
