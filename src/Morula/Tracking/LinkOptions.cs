using Morula.Options;

namespace Morula.Tracking;

/// <summary>
/// How cells are linked from frame to frame: how far they move, how they divide, how often they come and go. Of all ways to link a
/// movie the likeliest is chosen; <see cref="LinkFit"/> learns these values from a movie whose tracks are known.
/// </summary>
public sealed record LinkOptions
{
    /// <summary>Spread of a cell's own step from frame to frame once the common drift is undone, in its radii. Default 0.15.</summary>
    [Range(0.01, 5)]
    public double StepSpread { get; init; } = 0.15;

    /// <summary>Spread of the logarithm of a cell's volume over that in the frame before (mean absolute value). Default 0.1.</summary>
    [Range(0.005, 0.5)]
    public double VolumeSpread { get; init; } = 0.1;

    /// <summary>Exponent of the overlap (IoU) of a cell with itself in the next frame, after drift; 0 leaves overlap out. Default 1.</summary>
    [Range(0, 10)]
    public double OverlapWeight { get; init; } = 1;

    /// <summary>Probability that a cell divides from one frame to the next. Default 0.03.</summary>
    [Range(1e-6, 0.5)]
    public double DivisionRate { get; init; } = 0.03;

    /// <summary>Usual distance between the centres of new daughters, in radii of the mother. Default 1.2.</summary>
    [Range(0.1, 5)]
    public double DaughterDistance { get; init; } = 1.2;

    /// <summary>Spread of that distance, in radii of the mother. Default 0.25.</summary>
    [Range(0.02, 5)]
    public double DaughterDistanceSpread { get; init; } = 0.25;

    /// <summary>Spread of the logarithm of one daughter's volume over the other's (mean absolute value). Default 0.3.</summary>
    [Range(0.02, 0.5)]
    public double DaughterVolumeSpread { get; init; } = 0.3;

    /// <summary>Probability that a cell away from the image's border comes out of nothing. Default 0.001.</summary>
    [Range(1e-9, 0.5)]
    public double AppearanceRate { get; init; } = 0.001;

    /// <summary>Probability that a cell away from the image's border is gone in the next frame: it died, or was never one. Default 0.001.</summary>
    [Range(1e-9, 0.5)]
    public double DisappearanceRate { get; init; } = 0.001;

    /// <summary>The same two probabilities for a cell that touches the image's border. Default 0.02.</summary>
    [Range(1e-9, 0.5)]
    public double BorderRate { get; init; } = 0.02;

    /// <summary>Probability that a cell is missing from a frame. Default 0.01.</summary>
    [Range(1e-9, 0.5)]
    public double MissRate { get; init; } = 0.01;

    /// <summary>
    /// Share of what a network says of births, divisions and identities through time that is believed; the rest is left to the rates above.
    /// Default 0.8.
    /// </summary>
    [Range(0, 0.999)]
    public double Trust { get; init; } = 0.8;

    /// <summary>Frames that a cell may be missing in a row, 0 or 1. Default 1.</summary>
    [Range(0, 1)]
    public int MostGap { get; init; } = 1;

    /// <summary>Farthest that a cell's centre, or a daughter's, is looked for after drift, in radii of the earlier cell. Default 3.</summary>
    [Range(0.5, 20)]
    public double Reach { get; init; } = 3;

    /// <summary>Cells of the next frame that are considered as continuation of a cell, the likeliest first. Default 8.</summary>
    [Range(1, 100)]
    public int Candidates { get; init; } = 8;

    /// <summary>Largest common drift of all cells between two frames that is looked for, in median radii; 0: none. Default 5.</summary>
    [Range(0, 50)]
    public double MostDrift { get; init; } = 5;
}
