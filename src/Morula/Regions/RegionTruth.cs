using Morula.Samples;
using Morula.Volumes;

namespace Morula.Regions;

/// <summary>The cells of one training image, on the host.</summary>
/// <param name="Boxes">M x 2D numbers: lowers then uppers, half-open, in voxels.</param>
/// <param name="Classes">M class indices from 1.</param>
/// <param name="Labels">M labels in <paramref name="Volume"/>.</param>
/// <param name="Volume">The voxels of every cell.</param>
public sealed record RegionTruth(float[] Boxes, int[] Classes, int[] Labels, LabelVolume Volume)
{
    /// <summary>M: what befalls each cell in a clip; empty where no lineage tells.</summary>
    public CellEvents[] Events { get; init; } = [];
}
