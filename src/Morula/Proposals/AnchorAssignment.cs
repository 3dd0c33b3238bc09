namespace Morula.Proposals;

/// <summary>How training decides which cell an anchor answers for.</summary>
public enum AnchorAssignment
{
    /// <summary>By fixed overlaps, with a band between them that is ignored (Ren et al. 2015, Faster R-CNN): PositiveOverlap and NegativeOverlap.</summary>
    FixedOverlap,

    /// <summary>
    /// By a threshold that each cell sets from the anchors around its centre (Zhang et al. 2020, ATSS): AdaptiveCandidates. No anchor is
    /// ignored, and PositiveOverlap and NegativeOverlap are not used.
    /// </summary>
    Adaptive,
}
