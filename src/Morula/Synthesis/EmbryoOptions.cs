using Morula.Options;

namespace Morula.Synthesis;

/// <summary>
/// A synthetic embryo: cells packed in an ellipsoid and seen by a membrane marker under a light sheet. Brightness is a
/// share of full scale (1 is grey value 255); lengths are in micrometres.
/// </summary>
public sealed record EmbryoOptions
{
    /// <summary>Sizes in voxels, slowest axis first (Y X or Z Y X); their number is the rank. Default 64 x 64 x 64.</summary>
    [Range(8, 4096)]
    public IReadOnlyList<int> Extent { get; init; } = [64, 64, 64];

    /// <summary>Step between voxels in micrometres, one per axis; of a longer list the last ones count. Default 0.5.</summary>
    [Range(0.001, 1000)]
    public IReadOnlyList<double> SpacingMicrometres { get; init; } = [0.5, 0.5, 0.5];

    /// <summary>Number of cells, 1 to 10000. Default 32.</summary>
    [Range(1, 10000)]
    public int CellCount { get; init; } = 32;

    /// <summary>Deviation of the cells' radii over their mean, 0 to 0.3. Default 0.15.</summary>
    [Range(0, 0.3)]
    public double SizeVariation { get; init; } = 0.15;

    /// <summary>Length of the embryo over the length of the field along every axis, 0.2 to 1. Default 0.92.</summary>
    [Range(0.2, 1)]
    public double Fill { get; init; } = 0.92;

    /// <summary>
    /// Farthest a cell reaches from its centre, in radii of its own, 1 to 4. Small values round the outer cells off and open
    /// clefts between them; large values leave a smooth ellipsoid. Default 1.25.
    /// </summary>
    [Range(1, 4)]
    public double Reach { get; init; } = 1.25;

    /// <summary>Deviation of the smooth warp that bends faces, in mean cell radii, 0 to 0.2. Default 0.1.</summary>
    [Range(0, 0.2)]
    public double Wobble { get; init; } = 0.1;

    /// <summary>Steps of relaxation that even out the packing (Lloyd 1982), 0 to 50. Default 8.</summary>
    [Range(0, 50)]
    public int Relaxation { get; init; } = 8;

    /// <summary>Width of the unlabelled seam between cells, in voxels of the finest axis, 0 to 10. Default 0: cells touch.</summary>
    [Range(0, 10)]
    public double GapVoxels { get; init; }

    /// <summary>Thickness of a membrane before blur, micrometres, 0.01 to 100. Default 0.3.</summary>
    [Range(0.01, 100)]
    public double MembraneThicknessMicrometres { get; init; } = 0.3;

    /// <summary>Brightness at the crest of a flat membrane after blur, 0 to 2. Default 0.45.</summary>
    [Range(0, 2)]
    public double MembraneBrightness { get; init; } = 0.45;

    /// <summary>Deviation of the logarithm of brightness from face to face, 0 to 1. Default 0.25.</summary>
    [Range(0, 1)]
    public double FaceVariation { get; init; } = 0.25;

    /// <summary>Share of the faces that miss a smooth patch of their membrane, 0 to 1. Default 0.1.</summary>
    [Range(0, 1)]
    public double MissingPatches { get; init; } = 0.1;

    /// <summary>Brightness inside cells, 0 to 1. Default 0.06.</summary>
    [Range(0, 1)]
    public double CytoplasmBrightness { get; init; } = 0.06;

    /// <summary>Brightness outside the embryo, 0 to 1. Default 0.01.</summary>
    [Range(0, 1)]
    public double BackgroundBrightness { get; init; } = 0.01;

    /// <summary>Deviation of the mottling inside cells over <see cref="CytoplasmBrightness"/>, grains about 1.2 micrometres wide, 0 to 2. Default 0: even.</summary>
    [Range(0, 2)]
    public double CytoplasmGrain { get; init; }

    /// <summary>Bright dots (vesicles, debris) for one cell, in the mean, 0 to 100; four in five lie inside cells. Default 0.</summary>
    [Range(0, 100)]
    public double SpotsPerCell { get; init; }

    /// <summary>Brightness in the middle of a dot before blur, in the mean, 0 to 10. Default 1.</summary>
    [Range(0, 10)]
    public double SpotBrightness { get; init; } = 1;

    /// <summary>
    /// Share of the cells that are one cavity around a random place: without label, dark, and with membranes towards cells alone, 0 to 0.9. In an embryo, not in its movie. Default 0.
    /// </summary>
    [Range(0, 0.9)]
    public double CavityShare { get; init; }

    /// <summary>Brightness, after blur, of an envelope around the embryo that belongs to no cell, 0 to 2. Default 0: none.</summary>
    [Range(0, 2)]
    public double EnvelopeBrightness { get; init; }

    /// <summary>Distance from the cells to the envelope, micrometres, 0 to 100. Default 1.5.</summary>
    [Range(0, 100)]
    public double EnvelopeMicrometres { get; init; } = 1.5;

    /// <summary>Light of the whole that lies about it out of focus, over the light in focus, 0 to 2. Default 0.</summary>
    [Range(0, 2)]
    public double Haze { get; init; }

    /// <summary>
    /// Deviation of the Gaussian point spread per axis, micrometres, 0 to 100; of a longer list the last ones count. Default
    /// 0.6 along Z, 0.35 along Y and X.
    /// </summary>
    [Range(0, 100)]
    public IReadOnlyList<double> BlurMicrometres { get; init; } = [0.6, 0.35, 0.35];

    /// <summary>Share of the light that is lost from the first to the last slice of axis 0, 0 to 1. Default 0.3.</summary>
    [Range(0, 1)]
    public double DepthAttenuation { get; init; } = 0.3;

    /// <summary>Deviation of the slow unevenness of the light over its mean, 0 to 0.5. Default 0.1.</summary>
    [Range(0, 0.5)]
    public double LightVariation { get; init; } = 0.1;

    /// <summary>Greatest share of the light that the shadows of a light sheet take; they run along the last axis, 0 to 0.9. Default 0: none.</summary>
    [Range(0, 0.9)]
    public double StripeDepth { get; init; }

    /// <summary>Photons counted at full scale, 1 to 1e6: shot noise falls with its square root. Default 150.</summary>
    [Range(1, 1e6)]
    public double Photons { get; init; } = 150;

    /// <summary>Deviation of the Gaussian camera noise over full scale, 0 to 1. Default 0.015.</summary>
    [Range(0, 1)]
    public double CameraNoise { get; init; } = 0.015;

    /// <summary>
    /// Deviation in voxels of the smoothing that registration and fusion leave on the noise, 0 to 5. Default 0.6.
    /// </summary>
    [Range(0, 5)]
    public double FusionBlurVoxels { get; init; } = 0.6;

    /// <summary>64^3 voxels, 32 cells, little noise: a tuned watershed finds nearly every cell.</summary>
    public static EmbryoOptions Easy { get; } = new() { MissingPatches = 0.05 };

    /// <summary>64^3 voxels, 32 cells, noise and missing patches at which a tuned watershed begins to fail.</summary>
    public static EmbryoOptions Hard { get; } = new() { MissingPatches = 0.12, FaceVariation = 0.3, Photons = 40, CameraNoise = 0.06 };
}
