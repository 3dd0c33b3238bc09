using Morula.Volumes;

namespace Morula.Inference;

/// <summary>A part of an image that the network sees at once.</summary>
/// <param name="Core">The voxels this tile answers for; the cores of a plan cover the image once.</param>
/// <param name="Whole">The voxels the network sees: the core and its surroundings. It may reach beyond the upper end of a small image.</param>
public readonly record struct Tile(Block Core, Block Whole);
