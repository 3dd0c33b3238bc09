namespace Morula.Tracking;

/// <summary>One cell in one frame, as linking sees it.</summary>
/// <param name="Label">Its label in the frame's file; it means nothing in other frames.</param>
/// <param name="VoxelCount">Number of its voxels, at least 1.</param>
/// <param name="Volume">Its volume in µm³; its area in µm² where frames are planes.</param>
/// <param name="Radius">Radius of the ball (the disc) of this volume, µm.</param>
/// <param name="Centre">Mean position of its voxels in µm, per axis; the centre of the first voxel is 0.</param>
/// <param name="AtBorder">Whether it touches the edge of the image, where cells come into sight and leave it.</param>
public sealed record SeenCell(int Label, long VoxelCount, double Volume, double Radius, double[] Centre, bool AtBorder);
