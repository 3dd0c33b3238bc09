using Morula.Options;

namespace Morula.Inference;

/// <summary>
/// How painted cells are fitted to the membranes in the image. Defaults suit cells of 5 to 20 µm with membranes about 0.5 µm wide.
/// </summary>
public sealed record RefinementOptions
{
    /// <summary>Whether cells are refined at all. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Standard deviation, in µm, of the Gaussian that smooths the image before flooding. Default 0.4.</summary>
    [Range(0, 10)]
    public double SmoothingMicrometres { get; init; } = 0.4;

    /// <summary>Least mask probability, in [0, 1], of a voxel that is certain to belong to its cell. Default 0.8.</summary>
    [Range(0, 1)]
    public double SeedProbability { get; init; } = 0.8;

    /// <summary>
    /// Least distance, in µm, between such a voxel and the border of its cell; thin cells use half of their own depth. Default 1.
    /// </summary>
    [Range(0, 100)]
    public double SeedDepthMicrometres { get; init; } = 1;

    /// <summary>
    /// Clefts between cells up to twice this wide, in µm, are flooded too; the outer surface of the tissue stays, except this near to
    /// the border of the image. Default 1.2.
    /// </summary>
    [Range(0, 100)]
    public double CloseMicrometres { get; init; } = 1.2;

    /// <summary>Distance, in µm, that the tissue may grow outward beyond what was painted. Default 2.</summary>
    [Range(0, 100)]
    public double GrowMicrometres { get; init; } = 2;

    /// <summary>
    /// Whether the outside is flooded as well, from where cells cannot grow, so that the outer surface of the tissue also settles on
    /// the membrane. Without it, cells fill all that they may grow into. Default true.
    /// </summary>
    public bool OutsideCompetes { get; init; } = true;

    /// <summary>
    /// Voxels whose centre lies within this distance, in µm, of a voxel of another cell or of background are left unlabelled in the end,
    /// as the membrane itself is in many annotations; 0 lets cells touch. Contacts are measured before. Default 0.2.
    /// </summary>
    [Range(0, 10)]
    public double GapMicrometres { get; init; } = 0.2;

    /// <summary>
    /// Share, in [0, 1], of the mask probability in the relief that is flooded: 0 follows the image alone, 1 the masks alone.
    /// Default 0.
    /// </summary>
    [Range(0, 1)]
    public double ProbabilityWeight { get; init; }

    /// <summary>
    /// Least share, in [0, 1], of the surface of an uncertain cell (PaintOptions.SureScore) along which the image has a membrane: brighter there than half-way between the
    /// inside of the cell and the brightest twentieth around it. Default 0.6.
    /// </summary>
    [Range(0, 1)]
    public double UncertainMembrane { get; init; } = 0.6;
}
