using Morula.Geometry;

namespace Morula.Matching;

/// <summary>
/// Decides for every candidate box which truth it answers for (Ren et al. 2015, Faster R-CNN, section 3.1.2), from overlaps
/// that are computed where they are needed and never stored as a matrix.
/// </summary>
/// <param name="positiveAt">Least overlap of a candidate that answers for a truth, in [0, 1].</param>
/// <param name="negativeBelow">A candidate below this overlap with every truth is background; between the two it is ignored.</param>
/// <param name="keepBestPerTruth">
/// Whether the candidates that overlap a truth most (all of them on a tie, if they overlap it at all) keep the truth that they
/// themselves overlap most, however little that is.
/// </param>
public sealed class Matcher(double positiveAt, double negativeBelow, bool keepBestPerTruth)
{
    /// <summary>The candidate shows background.</summary>
    public const int Negative = -1;

    /// <summary>The candidate is neither clearly a cell nor clearly background.</summary>
    public const int Ignored = -2;

    /// <summary>Per candidate: the index of its truth, <see cref="Negative"/> or <see cref="Ignored"/>.</summary>
    /// <param name="truth">M x 2D numbers.</param>
    /// <param name="candidates">N x 2D numbers.</param>
    /// <param name="rank">Number of axes, D.</param>
    /// <param name="bestOverlap">Per candidate, its largest overlap with any truth; 0 without truths.</param>
    public int[] Match(ReadOnlySpan<float> truth, ReadOnlySpan<float> candidates, int rank, out float[] bestOverlap)
    {
        if (positiveAt < negativeBelow) throw new InvalidOperationException($"Positive at {positiveAt} lies under negative below {negativeBelow}.");
        if (truth.Length % (2 * rank) != 0) throw new ArgumentException($"{truth.Length} numbers are no boxes of rank {rank}.", nameof(truth));
        if (candidates.Length % (2 * rank) != 0) throw new ArgumentException($"{candidates.Length} numbers are no boxes of rank {rank}.", nameof(candidates));
        var columns = new BoxColumns(candidates, rank);
        var pass = new OverlapPass(truth, columns, rank);
        pass.FindBest();
        bestOverlap = pass.Best[..columns.Count];
        var matches = new int[columns.Count];
        for (int index = 0; index < matches.Length; index++) matches[index] = Judge(bestOverlap[index], pass.BestTruth[index]);
        if (keepBestPerTruth) pass.RestoreBestPerTruth(matches);
        return matches;
    }

    private int Judge(float overlap, int truth) =>
        truth < 0 || overlap < (float)negativeBelow ? Negative :
        overlap < (float)positiveAt ? Ignored :
        truth;
}
