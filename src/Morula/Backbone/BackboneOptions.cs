using Morula.Layers;
using Morula.Options;

namespace Morula.Backbone;

/// <summary>The part of the network that turns an image into a pyramid of feature maps.</summary>
public sealed record BackboneOptions
{
    /// <summary>Channels of the first convolution. Default 16.</summary>
    [Range(1, 1024)]
    public int StemWidth { get; init; } = 16;

    /// <summary>Taps of the first convolution along each axis of space, odd. Default 3.</summary>
    [Range(1, 9)]
    public int StemKernel { get; init; } = 3;

    /// <summary>Stride of the first convolution: one number for every axis of space, or one per axis. Default 2.</summary>
    [Range(1, 4)]
    public IReadOnlyList<int> StemStride { get; init; } = [2];

    /// <summary>Stride of the max-pool behind the stem; 1 leaves it out. One number or one per axis. Default 1.</summary>
    [Range(1, 4)]
    public IReadOnlyList<int> StemPool { get; init; } = [1];

    /// <summary>Shape of the residual blocks. Default Basic.</summary>
    public BlockKind Block { get; init; } = BlockKind.Basic;

    /// <summary>Taps over time at rank 4, odd; 1 leaves time alone. Default 3.</summary>
    [Range(1, 7)]
    public int TimeKernel { get; init; } = 3;

    /// <summary>Normalisation behind every convolution of the trunk. Default Group.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Group;

    /// <summary>Stages, finest first. At least one.</summary>
    public IReadOnlyList<StageOptions> Stages { get; init; } =
        [new() { Width = 32, Stride = [1] }, new() { Width = 64, Depth = 2 }, new() { Width = 80, Depth = 2 }];

    /// <summary>Channels of every level of the pyramid. Default 32.</summary>
    [Range(1, 1024)]
    public int PyramidWidth { get; init; } = 32;

    /// <summary>Normalisation inside the pyramid. Default Group.</summary>
    public Normalisation PyramidNormalisation { get; init; } = Normalisation.Group;

    /// <summary>
    /// First level whose merged map goes through a convolution of 3 voxels; finer ones are taken as they are, which spares the largest
    /// convolution of the pyramid. Default 0: all levels.
    /// </summary>
    [Range(0, 10)]
    public int SmoothedFrom { get; init; }

    /// <summary>Coarser levels made by subsampling the last, for proposals only. Default 0.</summary>
    [Range(0, 3)]
    public int ExtraLevels { get; init; }
}
