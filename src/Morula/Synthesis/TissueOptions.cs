using Morula.Options;

namespace Morula.Synthesis;

/// <summary>Synthetic images of real cell shapes: parts of a label image, turned at random and seen by a membrane marker.</summary>
public sealed record TissueOptions
{
    /// <summary>Label image whose cells are taken, Z Y X; 0 is outside. Required.</summary>
    public string Labels { get; init; } = "";

    /// <summary>Voxels of the image for one voxel of the labels, before <see cref="Variation"/>, 0.05 to 20. Default 1.</summary>
    [Range(0.05, 20)]
    public double Magnification { get; init; } = 1;

    /// <summary>Greatest relative change of the magnification, the same along every axis, 0 to 0.9. Default 0.2.</summary>
    [Range(0, 0.9)]
    public double Variation { get; init; } = 0.2;

    /// <summary>Extent, spacing, membranes, light and noise of the images; what it says of the shapes of cells, of cavities and of envelopes has no effect.</summary>
    public EmbryoOptions Optics { get; init; } = EmbryoOptions.Easy;
}
