namespace Morula.Tracking;

/// <summary>
/// By how much a whole embryo has moved between two frames. Every pair of cells of like size votes for its displacement; cells
/// that are the same agree, others scatter, so the true drift is the densest place among the votes (found by mean shift, Comaniciu and Meer 2002).
/// </summary>
internal static class DriftEstimate
{
    // Among fewer cells chance agreement is as likely as drift.
    private const int FewestCells = 6;
    private const double LeastSizeRatio = 0.7;
    private const int Seeds = 8;
    private const int Rounds = 6;

    // A drift is believed where this share of the cells takes part and it explains so much more than standing still does.
    private const double LeastShare = 0.4;
    private const double BetterThanRest = 1.2;

    /// <summary>The drift in µm per axis.</summary>
    /// <param name="before">Cells of the earlier frame.</param>
    /// <param name="after">Cells of the later one.</param>
    /// <param name="most">Largest drift, in median radii of the cells; 0: none is looked for.</param>
    public static double[] Between(IReadOnlyList<SeenCell> before, IReadOnlyList<SeenCell> after, double most)
    {
        int fewer = Math.Min(before.Count, after.Count);
        if (most == 0 || fewer < FewestCells) return new double[before.Concat(after).FirstOrDefault()?.Centre.Length ?? 3];
        double[] radii = [.. before.Concat(after).Select(cell => cell.Radius).Order()];
        double radius = radii[radii.Length / 2];
        double[][] votes = Votes(before, after, most * radius);
        var still = Settle(new double[before[0].Centre.Length], votes, radius / 2);
        var best = Densest(votes, radius / 2).Select(seed => Settle(seed, votes, radius / 2)).Append(still).MaxBy(peak => peak.Votes);
        bool moved = best.Votes >= LeastShare * fewer && best.Votes > BetterThanRest * still.Votes;
        return moved ? best.Place : still.Votes >= LeastShare * fewer ? still.Place : new double[still.Place.Length];
    }

    private static double[][] Votes(IReadOnlyList<SeenCell> before, IReadOnlyList<SeenCell> after, double most)
    {
        var votes = new List<double[]>();
        foreach (SeenCell one in before)
        {
            foreach (SeenCell other in after)
            {
                double ratio = one.Volume < other.Volume ? one.Volume / other.Volume : other.Volume / one.Volume;
                if (ratio < LeastSizeRatio) continue;
                double[] step = [.. other.Centre.Zip(one.Centre, (to, from) => to - from)];
                if (step.Sum(part => part * part) <= most * most) votes.Add(step);
            }
        }

        return [.. votes];
    }

    // Middles of the fullest bins.
    private static IEnumerable<double[]> Densest(double[][] votes, double bin) =>
        votes.GroupBy(vote => string.Join(' ', vote.Select(part => (int)Math.Floor(part / bin))))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(Seeds)
            .Select(group => Mean([.. group]));

    private static (double[] Place, int Votes) Settle(double[] place, double[][] votes, double reach)
    {
        double[][] near = [];
        for (int round = 0; round < Rounds; round++)
        {
            near = [.. votes.Where(vote => Square(vote, place) <= reach * reach)];
            if (near.Length > 0) place = Mean(near);
        }

        return (place, near.Length);
    }

    private static double Square(double[] one, double[] other)
    {
        double sum = 0;
        for (int axis = 0; axis < one.Length; axis++) sum += (one[axis] - other[axis]) * (one[axis] - other[axis]);
        return sum;
    }

    private static double[] Mean(double[][] votes) =>
        [.. Enumerable.Range(0, votes[0].Length).Select(axis => votes.Average(vote => vote[axis]))];
}
