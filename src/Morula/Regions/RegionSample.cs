using Morula.Geometry;
using Morula.Matching;

namespace Morula.Regions;

/// <summary>Regions drawn from one image's proposals for the loss: positives first.</summary>
/// <param name="Boxes">R x 2D numbers.</param>
/// <param name="PositiveCount">Number of regions that match a cell; they come first.</param>
/// <param name="Truths">Index of the cell that each positive matches.</param>
internal sealed record RegionSample(float[] Boxes, int PositiveCount, int[] Truths)
{
    public static RegionSample Draw(float[] proposals, RegionTruth truth, int rank, RegionOptions options, Random random)
    {
        float[] candidates = options.AddTruth ? [.. truth.Boxes, .. proposals] : proposals;
        var matcher = new Matcher(options.PositiveOverlap, options.PositiveOverlap, keepBestPerTruth: false);
        int[] matches = matcher.Match(truth.Boxes, candidates, rank, out _);
        var (positive, negative) = BalancedSampler.Sample(matches, options.SampleCount, options.PositiveShare, random);
        // Which positives train the mask is a chance choice too: the order of proposals says how good they are.
        random.Shuffle(positive);
        int[] chosen = [.. positive, .. negative];
        return new RegionSample(Rows.Take<float>(candidates, 2 * rank, chosen), positive.Length, Rows.Take<int>(matches, 1, positive));
    }
}
