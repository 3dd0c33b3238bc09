namespace Morula.Evaluation;

/// <summary>
/// How well divisions are found: branching correctness BC(i) (Ulman et al. 2017). A found division is the true one if the mothers end
/// at most i frames apart and are one cell in the earlier of the two frames, both have as many daughters, and each true daughter
/// has a found one of her own that begins at most i frames apart and is one cell with her in the later of the two frames.
/// </summary>
/// <param name="TrueDivisions">True tracks with two daughters or more.</param>
/// <param name="FoundDivisions">Found tracks with two daughters or more.</param>
/// <param name="RightWithin">Divisions found within i frames, for i = 0, 1 ...</param>
public sealed record DivisionScores(long TrueDivisions, long FoundDivisions, IReadOnlyList<long> RightWithin)
{
    /// <summary>BC(i) = 2 right / (true + found); null where neither side has a division.</summary>
    /// <param name="frames">i, from 0 to less than the number of values in <see cref="RightWithin"/>.</param>
    public double? Within(int frames) => TrueDivisions + FoundDivisions == 0 ? null : 2.0 * RightWithin[frames] / (TrueDivisions + FoundDivisions);

    internal static DivisionScores Of(MovieMatch match, int mostFrames)
    {
        int[] truth = [.. match.Truth.Divisions];
        int[] found = [.. match.Found.Divisions];
        return new DivisionScores(truth.Length, found.Length, [.. Enumerable.Range(0, mostFrames + 1)
            .Select(frames => (long)Pairs(truth, found, (one, other) => AreOne(match, one, other, frames)))]);
    }

    private static bool AreOne(MovieMatch match, int truth, int found, int frames)
    {
        int end = match.Truth.LastFrame(truth);
        int foundEnd = match.Found.LastFrame(found);
        if (Math.Abs(end - foundEnd) > frames || !match.AreOne(Math.Min(end, foundEnd), truth, found)) return false;
        int[] daughters = [.. match.Truth.DaughtersOf(truth)];
        int[] foundDaughters = [.. match.Found.DaughtersOf(found)];
        return daughters.Length == foundDaughters.Length && Pairs(daughters, foundDaughters, AreOneDaughter) == daughters.Length;

        bool AreOneDaughter(int one, int other)
        {
            int start = match.Truth.FirstFrame(one);
            int foundStart = match.Found.FirstFrame(other);
            return Math.Abs(start - foundStart) <= frames && match.AreOne(Math.Max(start, foundStart), one, other);
        }
    }

    /// <summary>Most pairs that can be made at once, so that the order of ids does not matter.</summary>
    private static int Pairs(int[] truth, int[] found, Func<int, int, bool> areOne)
    {
        LabelOverlap[] allowed = [.. truth.SelectMany((one, row) => found.Index()
            .Where(other => areOne(one, other.Item))
            .Select(other => new LabelOverlap(row, other.Index, 1, 1)))];
        return OptimalAssignment.Choose(truth.Length, found.Length, allowed).Count;
    }
}
