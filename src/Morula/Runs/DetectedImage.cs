using Morula.Model;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>An image and what the network found in it, before it is painted.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Image">As it was read.</param>
/// <param name="Working">Sizes of the grid the network worked on.</param>
/// <param name="Found">Boxes in voxels of the working grid.</param>
internal sealed record DetectedImage(string Path, Volume Image, Extent Working, Detections Found);
