namespace Morula.Tracking;

/// <summary>What the cells of a frame may become in a later one.</summary>
/// <param name="Links">Cost by the places of the two cells in the lists of their frames.</param>
/// <param name="Divisions">Cost by the places of the mother and, ascending, of the two daughters.</param>
internal sealed record PairCandidates(IReadOnlyDictionary<(int From, int To), double> Links, IReadOnlyDictionary<(int Mother, int First, int Second), double> Divisions)
{
    private readonly ILookup<int, int> next = Links.Keys.ToLookup(link => link.From, link => link.To);
    private readonly ILookup<int, (int First, int Second)> daughters = Divisions.Keys.ToLookup(one => one.Mother, one => (one.First, one.Second));

    /// <summary>Finds the likeliest: those that cost less than doing without.</summary>
    /// <param name="pair">The two frames.</param>
    /// <param name="costs">What links cost.</param>
    /// <param name="options">How far and how many are looked for.</param>
    /// <param name="evidence">What is known of the cells beside their shape.</param>
    /// <param name="gap">Number of frames between the two.</param>
    public static PairCandidates Find(CellComparison pair, LinkCosts costs, LinkOptions options, PairEvidence evidence, int gap)
    {
        var links = new Dictionary<(int, int), double>();
        var divisions = new Dictionary<(int, int, int), double>();
        for (int cell = 0; cell < pair.Before.Count; cell++)
        {
            int[] near = Near(pair, costs, options, cell);
            double alone = costs.Disappears(pair.Before[cell]);
            double stays = costs.Stays(evidence.Divides(cell)) + costs.Missing(gap);
            double parts = costs.Divides(evidence.Divides(cell)) + costs.Missing(gap);
            for (int one = 0; one < near.Length; one++)
            {
                double link = stays + costs.Link(pair.Link(cell, near[one])) + costs.Same(evidence.Same(cell, near[one])) + costs.Older(evidence.Born(near[one]));
                double appears = costs.Appears(pair.After[near[one]]);
                if (link < alone + appears) links.Add((cell, near[one]), link);
                for (int other = one + 1; other < near.Length; other++)
                {
                    double division = parts + costs.Division(pair.Division(cell, near[one], near[other])) + costs.Born(evidence.Born(near[one])) + costs.Born(evidence.Born(near[other]));
                    if (division < alone + appears + costs.Appears(pair.After[near[other]])) divisions.Add((cell, near[one], near[other]), division);
                }
            }
        }

        return new PairCandidates(links, divisions);
    }

    /// <summary>Candidates over a gap without those that have a cheaper way through the frame between.</summary>
    /// <param name="first">From the earlier frame to the one between.</param>
    /// <param name="second">From there to the later frame.</param>
    public PairCandidates WithoutWaysThrough(PairCandidates first, PairCandidates second) => new(
        Links.Where(link => first.ThroughLink(second, link.Key) > link.Value).ToDictionary(),
        Divisions.Where(one => first.ThroughDivision(second, one.Key) > one.Value).ToDictionary());

    private double ThroughLink(PairCandidates second, (int From, int To) link) =>
        next[link.From].Select(middle => Links[(link.From, middle)] + Cost(second.Links, (middle, link.To))).DefaultIfEmpty(double.PositiveInfinity).Min();

    // The mother divides on the way, before the frame between or behind it.
    private double ThroughDivision(PairCandidates second, (int Mother, int First, int Second) one)
    {
        double late = next[one.Mother]
            .Select(middle => Links[(one.Mother, middle)] + Cost(second.Divisions, (middle, one.First, one.Second))).DefaultIfEmpty(double.PositiveInfinity).Min();
        double early = daughters[one.Mother].Select(pair => Divisions[(one.Mother, pair.First, pair.Second)] + Math.Min(
            Cost(second.Links, (pair.First, one.First)) + Cost(second.Links, (pair.Second, one.Second)),
            Cost(second.Links, (pair.First, one.Second)) + Cost(second.Links, (pair.Second, one.First)))).DefaultIfEmpty(double.PositiveInfinity).Min();
        return Math.Min(late, early);
    }

    private static double Cost<TKey>(IReadOnlyDictionary<TKey, double> costs, TKey key) =>
        costs.TryGetValue(key, out double cost) ? cost : double.PositiveInfinity;

    // Places in the later frame, ascending.
    private static int[] Near(CellComparison pair, LinkCosts costs, LinkOptions options, int cell) =>
        [.. Enumerable.Range(0, pair.After.Count)
            .Where(other => pair.Distance(cell, other) <= options.Reach)
            .Select(other => (Place: other, Cost: costs.Place(pair.Link(cell, other))))
            .OrderBy(near => near.Cost).ThenBy(near => near.Place).Take(options.Candidates)
            .Select(near => near.Place).Order()];
}
