namespace Morula.Baseline;

/// <summary>A basin of a relief.</summary>
/// <param name="Voxel">Its lowest voxel, the first in memory order among equals.</param>
/// <param name="Depth">Levels that water must rise above it before it flows over into a lower basin, or, of the lowest basin, before all is covered.</param>
internal readonly record struct Minimum(int Voxel, int Depth);
