using Morula.Options;

namespace Morula.Inference;

/// <summary>How detections become labels.</summary>
public sealed record PaintOptions
{
    /// <summary>Least probability, in [0, 1], at which a voxel belongs to a cell. Default 0.5.</summary>
    [Range(0, 1)]
    public double Threshold { get; init; } = 0.5;

    /// <summary>
    /// Where masks compete, probabilities are weighted by score to this power: 0 ignores scores, 1 multiplies by them. Default 0.
    /// </summary>
    [Range(0, 10)]
    public double ScoreWeight { get; init; }

    /// <summary>
    /// Distance, in mask bins, over which a mask fades to 0 beyond its outermost bin centres. 1 ends masks of probability 1 at the
    /// side of the box; more lets them reach beyond boxes that are too tight. Default 1.
    /// </summary>
    [Range(0.5, 8)]
    public double EdgeBins { get; init; } = 1;

    /// <summary>A cell with fewer voxels is dropped. Default 1.</summary>
    [Range(0, int.MaxValue)]
    public int MinimumVoxels { get; init; } = 1;

    /// <summary>A cell that keeps less than this share, in [0, 1], of its own mask against its competitors is dropped. Default 0.25.</summary>
    [Range(0, 1)]
    public double MinimumShare { get; init; } = 0.25;

    /// <summary>
    /// Cells with a score below this are uncertain: they take only what no other cell takes, and are dropped where that is less than UncertainShare of
    /// their mask. Tissue that is taken is no place for them; a gap between cells is. Default 0: none is.
    /// </summary>
    [Range(0, 1)]
    public double SureScore { get; init; }

    /// <summary>Whether a cell of a score is not uncertain.</summary>
    internal bool IsSure(float score) => score >= SureScore;

    /// <summary>What an uncertain cell has to keep of its own mask, in [0, 1]. Default 0.6.</summary>
    [Range(0, 1)]
    public double UncertainShare { get; init; } = 0.6;

    /// <summary>Keeps only the largest connected part of each cell (voxels connect through faces). Default true.</summary>
    public bool LargestPartOnly { get; init; } = true;
}
