namespace Morula.Backbone;

/// <summary>Shape of a residual block (He et al. 2016).</summary>
public enum BlockKind
{
    /// <summary>Two convolutions of 3 voxels.</summary>
    Basic,

    /// <summary>1, 3 and 1 voxels, four times as wide outside as inside; the stride sits on the first convolution.</summary>
    Bottleneck,
}
