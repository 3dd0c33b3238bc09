using Morula.Options;

namespace Morula.Backbone;

/// <summary>One stage of residual blocks at one resolution.</summary>
public sealed record StageOptions
{
    /// <summary>Channels of the stage's output; a multiple of 4 for bottleneck blocks. Default 32.</summary>
    [Range(1, 8192)]
    public int Width { get; init; } = 32;

    /// <summary>Number of blocks. Default 1.</summary>
    [Range(1, 100)]
    public int Depth { get; init; } = 1;

    /// <summary>Stride of the first block: one number for every axis of space, or one per axis, slowest first. Default 2.</summary>
    [Range(1, 4)]
    public IReadOnlyList<int> Stride { get; init; } = [2];
}
