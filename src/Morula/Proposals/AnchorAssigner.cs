using Morula.Matching;

namespace Morula.Proposals;

/// <summary>Assigns the anchors of a batch to the cells of its images, as the options say.</summary>
internal sealed class AnchorAssigner(ProposalOptions options, int rank)
{
    private readonly Matcher fixedOverlap = new(options.PositiveOverlap, options.NegativeOverlap, keepBestPerTruth: true);
    private readonly AdaptiveMatcher adaptive = new(options.AdaptiveCandidates, keepBestPerTruth: true);

    /// <summary>From the true boxes of an image (M x 2D numbers) to, per anchor, the index of its truth or a constant of <see cref="Matcher"/>.</summary>
    public Func<float[], int[]> For(AnchorPredictions predictions)
    {
        if (options.Assignment == AnchorAssignment.Adaptive) return truth => adaptive.Match(truth, predictions.Levels);
        float[] candidates = predictions.Anchors.ToArray();
        return truth => fixedOverlap.Match(truth, candidates, rank, out _);
    }
}
