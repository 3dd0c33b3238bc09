namespace Morula.Volumes;

/// <summary>One cell of a label volume.</summary>
/// <param name="Label">Its label, not 0.</param>
/// <param name="Box">Tight box around its voxels.</param>
/// <param name="VoxelCount">Number of its voxels.</param>
public readonly record struct LabelledCell(int Label, Block Box, long VoxelCount);
