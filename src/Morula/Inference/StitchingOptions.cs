using Morula.Options;

namespace Morula.Inference;

/// <summary>How the detections of several tiles become those of one image.</summary>
public sealed record StitchingOptions
{
    /// <summary>Distance, in voxels, that the centre of a detection may lie outside the core of its tile. Default 4.</summary>
    [Range(0, 1000)]
    public int MarginVoxels { get; init; } = 4;

    /// <summary>Two detections of different tiles are one cell if their masks overlap (IoU, where both tiles see) at least this much, in [0, 1]. Default 0.4.</summary>
    [Range(0, 1)]
    public double SuppressionThreshold { get; init; } = 0.4;

    /// <summary>A cut cell of which another tile's detection covers this share, in [0, 1], is a piece of that cell. Default 0.7.</summary>
    [Range(0, 1)]
    public double CoverThreshold { get; init; } = 0.7;

    /// <summary>A detection that comes this close, in voxels, to a side of its tile inside the image counts as cut. Default 2.</summary>
    [Range(0, 100)]
    public double CutVoxels { get; init; } = 2;
}
