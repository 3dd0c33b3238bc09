using Morula.Layers;
using Morula.Options;
using Morula.Volumes;

namespace Morula.Proposals;

/// <summary>The proposal network: feature maps to candidate boxes (Ren et al. 2015).</summary>
public sealed record ProposalOptions
{
    /// <summary>First pyramid level that makes proposals, 0 the finest. Default 0.</summary>
    [Range(0, 10)]
    public int FirstLevel { get; init; }

    /// <summary>
    /// Sides of the anchors in voxels, one list per proposal level, all lists of one length. Each anchor is one number (a cube in
    /// space), one number per axis of space, or one per axis. Default empty: fitted to the training cells, see AnchorFit.
    /// </summary>
    [Range(1, 4096)]
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Anchors { get; init; } = [];

    /// <summary>How anchors are fitted to the training cells where Anchors is empty. Default Scale.</summary>
    public AnchorRule AnchorFit { get; init; } = AnchorRule.Scale;

    /// <summary>Fitted anchors on each proposal level. Default 3.</summary>
    [Range(1, 64)]
    public int AnchorsPerLevel { get; init; } = 3;

    /// <summary>Proposal levels that fitted anchors are put on, from FirstLevel, as far as the pyramid goes. Default 2.</summary>
    [Range(1, 10)]
    public int AnchorLevels { get; init; } = 2;

    /// <summary>
    /// Frames spanned by anchors that are given as one number or as axes of space only, at rank 4: one anchor for each number. Default [3].
    /// </summary>
    [Range(1, 64)]
    public IReadOnlyList<int> AnchorFrames { get; init; } = [3];

    /// <summary>
    /// Whether anchors at rank 4 are cut at the ends of the clip, so that there are anchors of cells that begin or end within it: of three
    /// frames the anchors of three then span 2, 3 and 2. Default false.
    /// </summary>
    public bool CutInTime { get; init; }

    /// <summary>Channels of the shared convolution. Default 32.</summary>
    [Range(1, 2048)]
    public int Width { get; init; } = 32;

    /// <summary>Normalisation behind the shared convolution. Default Group.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Group;

    /// <summary>How training decides which cell an anchor answers for. Default FixedOverlap.</summary>
    public AnchorAssignment Assignment { get; init; } = AnchorAssignment.FixedOverlap;

    /// <summary>
    /// Locations around a cell's centre, per proposal level, whose anchors are its candidates where Assignment is Adaptive. Default 9, as
    /// published for planes; 27 is the block of three locations along every axis of a volume.
    /// </summary>
    [Range(1, 10000)]
    public int AdaptiveCandidates { get; init; } = 9;

    /// <summary>An anchor is positive from this overlap (IoU) with a cell. Default 0.5.</summary>
    [Range(0, 1)]
    public double PositiveOverlap { get; init; } = 0.5;

    /// <summary>An anchor is negative below this overlap with every cell. Default 0.3.</summary>
    [Range(0, 1)]
    public double NegativeOverlap { get; init; } = 0.3;

    /// <summary>Anchors that enter the loss, per image. Default 256.</summary>
    [Range(1, 100000)]
    public int SampleCount { get; init; } = 256;

    /// <summary>Largest share of positives among them. Default 0.5.</summary>
    [Range(0, 1)]
    public double PositiveShare { get; init; } = 0.5;

    /// <summary>Candidates per training sample that enter suppression, best first; of a larger image or tile as many more as it is larger. Default 1000.</summary>
    [Range(1, 100000)]
    public int CandidateCount { get; init; } = 1000;

    /// <summary>Overlap (IoU) above which the worse of two candidates is dropped. Default 0.7.</summary>
    [Range(0, 1)]
    public double SuppressionOverlap { get; init; } = 0.7;

    /// <summary>Proposals kept per training sample; of a larger image or tile as many more as it is larger. Default 200.</summary>
    [Range(1, 100000)]
    public int ProposalCount { get; init; } = 200;

    /// <summary>Deviation that centre shifts are divided by. Default 0.1.</summary>
    [Range(0.001, 10)]
    public double CentreDeviation { get; init; } = 0.1;

    /// <summary>Deviation that log sizes are divided by. Default 0.2.</summary>
    [Range(0.001, 10)]
    public double SizeDeviation { get; init; } = 0.2;

    /// <summary>Per level, the sizes of its anchors along every axis, in voxels; those of one entry of Anchors stand together.</summary>
    /// <exception cref="ArgumentException">An anchor has a number of sides that fits no rank, or no frames are named.</exception>
    internal float[][][] AnchorShapes(int rank) => [.. Anchors.Select(level => level.SelectMany(sides => Shapes(sides, rank)).ToArray())];

    private IEnumerable<float[]> Shapes(IReadOnlyList<double> sides, int rank)
    {
        int space = SpatialAxes.Count(rank);
        if (sides.Count != 1 && sides.Count != space && sides.Count != rank)
            throw new ArgumentException($"An anchor has {sides.Count} sides; 1, {space} or {rank} are expected at rank {rank}.", nameof(sides));
        float[] own = sides.Count == 1 ? [.. Enumerable.Repeat((float)sides[0], space)] : [.. sides.Select(side => (float)side)];
        return own.Length == rank ? [own] : AnchorFrames.Select(frames => (float[])[frames, .. own]);
    }
}
