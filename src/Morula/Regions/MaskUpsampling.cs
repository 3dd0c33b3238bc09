namespace Morula.Regions;

/// <summary>Where the mask head doubles its resolution.</summary>
public enum MaskUpsampling
{
    /// <summary>On the features, by a transposed convolution, as He et al. (2017) do.</summary>
    Features,

    /// <summary>On the logits: each coarse voxel predicts its fine ones at once. An eighth of the work and memory in space.</summary>
    Logits,
}
