using Morula.Geometry;

namespace Morula.Matching;

/// <summary>
/// Decides for every anchor of a pyramid which truth it answers for, by a threshold that each truth sets for itself (Zhang et al. 2020,
/// Bridging the gap between anchor-based and anchor-free detection via adaptive training sample selection, algorithm 1). Candidates of
/// a truth are, on every level, the anchors at the locations nearest to its centre, with all shapes that the level has there (the
/// paper has one shape). Positive are those whose overlap reaches the mean plus the standard deviation (of a sample: N - 1) of all
/// the truth's candidates, and whose centre lies inside the truth. All other anchors are background; none is ignored.
/// </summary>
/// <param name="candidates">Locations per truth and level, at least 1.</param>
/// <param name="keepBestPerTruth">
/// Whether a truth that ends with no anchor, as one smaller than a stride may, gets the free candidate that it overlaps most.
/// </param>
internal sealed class AdaptiveMatcher(int candidates, bool keepBestPerTruth)
{
    /// <summary>Per anchor: the index of its truth or <see cref="Matcher.Negative"/>. An anchor that several truths claim goes to that of largest overlap, the first on a tie.</summary>
    /// <param name="truth">M x 2D numbers.</param>
    /// <param name="levels">The anchors, level after level, locations in memory order, anchors of one location together.</param>
    public int[] Match(ReadOnlySpan<float> truth, IReadOnlyList<AnchorLevel> levels)
    {
        if (levels.Count == 0) throw new ArgumentException("There is no level of anchors.", nameof(levels));
        int width = 2 * levels[0].Locations.Rank;
        if (truth.Length % width != 0) throw new ArgumentException($"{truth.Length} numbers are no boxes of rank {width / 2}.", nameof(truth));
        CandidateOverlaps[] overlaps = Gatherers(levels);
        var matches = new int[levels.Sum(level => level.Count)];
        Array.Fill(matches, Matcher.Negative);
        var claimed = new Dictionary<int, float>();
        var all = new List<Candidate>[truth.Length / width];
        for (int which = 0; which < all.Length; which++)
        {
            all[which] = [];
            foreach (CandidateOverlaps level in overlaps) level.Gather(truth.Slice(which * width, width), candidates, all[which]);
            Claim(which, all[which], matches, claimed);
        }

        if (keepBestPerTruth) RestoreBestPerTruth(all, matches);
        return matches;
    }

    private static CandidateOverlaps[] Gatherers(IReadOnlyList<AnchorLevel> levels)
    {
        int first = 0;
        var gatherers = new List<CandidateOverlaps>();
        foreach (AnchorLevel level in levels)
        {
            gatherers.Add(new CandidateOverlaps(level, first));
            first += level.Count;
        }

        return [.. gatherers];
    }

    private static void Claim(int which, List<Candidate> own, int[] matches, Dictionary<int, float> claimed)
    {
        double threshold = Threshold(own);
        foreach (Candidate candidate in own)
        {
            if (candidate.Overlap <= 0 || candidate.Overlap < threshold || !candidate.IsInside) continue;
            if (claimed.TryGetValue(candidate.Anchor, out float before) && before >= candidate.Overlap) continue;
            (claimed[candidate.Anchor], matches[candidate.Anchor]) = (candidate.Overlap, which);
        }
    }

    private static double Threshold(List<Candidate> own)
    {
        double mean = own.Average(candidate => (double)candidate.Overlap);
        double squares = own.Sum(candidate => (candidate.Overlap - mean) * (candidate.Overlap - mean));
        return mean + Math.Sqrt(squares / Math.Max(1, own.Count - 1));
    }

    private static void RestoreBestPerTruth(List<Candidate>[] all, int[] matches)
    {
        HashSet<int> served = [.. matches];
        for (int which = 0; which < all.Length; which++)
        {
            if (served.Contains(which)) continue;
            Candidate best = all[which].Where(candidate => matches[candidate.Anchor] == Matcher.Negative).MaxBy(candidate => candidate.Overlap);
            if (best.Overlap > 0) matches[best.Anchor] = which;
        }
    }
}
