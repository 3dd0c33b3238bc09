namespace Morula.Samples;

/// <summary>
/// In which order frames are visited: all of them once before any comes again or, in groups, every group once before any comes again,
/// and within a group in the same manner. A function of seed and visit.
/// </summary>
internal sealed class DrawOrder
{
    private readonly DrawOrder[] parts;
    private readonly Pair? pair;

    private DrawOrder(DrawOrder[] parts, Pair? pair) => (this.parts, this.pair) = (parts, pair);

    /// <summary>An order.</summary>
    /// <param name="pairs">At least one.</param>
    /// <param name="groups">From the coarsest on: the name of the group of a pair. A group alone is none.</param>
    public static DrawOrder Of(IReadOnlyList<Pair> pairs, params ReadOnlySpan<Func<Pair, string>> groups)
    {
        if (groups.Length == 0) return new DrawOrder([.. pairs.Select(pair => new DrawOrder([], pair))], null);
        Pair[][] parts = [.. pairs.GroupBy(groups[0]).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToArray())];
        if (parts.Length == 1) return Of(pairs, groups[1..]);
        var inside = new DrawOrder[parts.Length];
        for (int part = 0; part < inside.Length; part++) inside[part] = Of(parts[part], groups[1..]);
        return new DrawOrder(inside, null);
    }

    /// <summary>The pair of a visit, from 0.</summary>
    public Pair At(long visit, int seed)
    {
        if (pair is not null) return pair;
        int[] order = [.. Enumerable.Range(0, parts.Length)];
        new Random(SampleSeed.Mix(seed, visit / parts.Length)).Shuffle(order);
        int part = order[visit % parts.Length];
        // Each part has chance of its own.
        return parts[part].At(visit / parts.Length, SampleSeed.Mix(seed, ~part));
    }
}
