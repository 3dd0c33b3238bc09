namespace Morula.Formats;

/// <summary>What is known of a cell in one frame.</summary>
/// <param name="Frame">Frame number.</param>
/// <param name="Id">Its track.</param>
/// <param name="Voxels">Number of its voxels.</param>
/// <param name="Volume">µm³.</param>
/// <param name="Surface">µm²; sides where the image ends do not count.</param>
/// <param name="Centre">Centroid Z Y X, µm from the centre of the first voxel.</param>
/// <param name="Contacts">Cells it touches, by id.</param>
public sealed record CellProperties(
    int Frame, int Id, long Voxels, double Volume, double Surface, double[] Centre, IReadOnlyList<CellNeighbour> Contacts);
