using Morula.Options;

namespace Morula.Synthesis;

/// <summary>A movie of a synthetic embryo whose cells drift and divide.</summary>
public sealed record EmbryoMovieOptions
{
    /// <summary>The embryo at the first frame; its extent and spacing are those of every frame.</summary>
    public EmbryoOptions Embryo { get; init; } = new();

    /// <summary>Number of frames, 1 to 100000. Default 20.</summary>
    [Range(1, 100000)]
    public int Frames { get; init; } = 20;

    /// <summary>Divisions per cell and frame, 0 to 0.5: a cell lives about 1 / rate frames, give or take a quarter. Default 0.03.</summary>
    [Range(0, 0.5)]
    public double DivisionRate { get; init; } = 0.03;

    /// <summary>Deviation of a cell's own step from frame to frame, in mean cell radii, 0 to 0.3. Default 0.04.</summary>
    [Range(0, 0.3)]
    public double Drift { get; init; } = 0.04;

    /// <summary>Share of a cell's step that it keeps in the next frame, 0 to 0.99: large values make smooth paths. Default 0.8.</summary>
    [Range(0, 0.99)]
    public double Persistence { get; init; } = 0.8;
}
