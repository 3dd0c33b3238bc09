using Morula.Options;

namespace Morula.Baseline;

/// <summary>The few parameters of the classical segmentation.</summary>
public sealed record BaselineOptions
{
    /// <summary>What is bright. Default BrightBoundary.</summary>
    public Polarity Polarity { get; init; }

    /// <summary>Standard deviation of the smoothing, in voxels of the finest axis in space. Default 2.</summary>
    [Range(0, 64)]
    public double Sigma { get; init; } = 2;

    /// <summary>Least depth of a basin that becomes a cell (the h of h-minima), as a share of the range between the percentiles. Default 0.05.</summary>
    [Range(0, 2)]
    public double Depth { get; init; } = 0.05;

    /// <summary>
    /// Least smoothed intensity of the foreground, as a share of the range between the percentiles. Where boundaries are bright it is
    /// asked of a neighbourhood four times as wide as <see cref="Sigma"/>, so that the inside of cells counts; what
    /// is not foreground then floods in as far as the outermost boundary. Default 0.2.
    /// </summary>
    [Range(-1, 2)]
    public double Foreground { get; init; } = 0.2;

    /// <summary>Smallest cell, in voxels. Default 1.</summary>
    [Range(1, 1e9)]
    public long SmallestVoxels { get; init; } = 1;
}
