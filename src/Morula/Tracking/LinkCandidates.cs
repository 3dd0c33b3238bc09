namespace Morula.Tracking;

/// <summary>Lays out what may be linked with what in a whole movie.</summary>
internal static class LinkCandidates
{
    /// <summary>The problem of a movie; its cells are those of the frames one after the other.</summary>
    public static LinkProblem Of(MovieCells movie, LinkOptions options, LinkEvidence evidence)
    {
        var costs = new LinkCosts(options, movie.Axes);
        var arcs = new List<LinkArc>();
        var divisions = new List<LinkDivision>();
        int[] first = Firsts(movie);
        PairCandidates? before = null;
        for (int frame = 1; frame < movie.Frames.Count; frame++)
        {
            PairCandidates pair = Between(frame - 1, frame);
            Add(pair, frame - 1, frame);
            if (before is not null && options.MostGap > 0) Add(Between(frame - 2, frame).WithoutWaysThrough(before, pair), frame - 2, frame);
            before = pair;
        }

        return new LinkProblem([.. Cells(movie, costs, evidence)], arcs, divisions);

        PairCandidates Between(int from, int to) => PairCandidates.Find(
            new CellComparison(movie, from, to), costs, options,
            PairEvidence.Of(movie, evidence, from, to), to - from - 1);

        void Add(PairCandidates pair, int from, int to)
        {
            arcs.AddRange(pair.Links.Select(link => new LinkArc(first[from] + link.Key.From, first[to] + link.Key.To, link.Value)));
            divisions.AddRange(pair.Divisions.Select(one =>
                new LinkDivision(first[from] + one.Key.Mother, first[to] + one.Key.First, first[to] + one.Key.Second, one.Value)));
        }
    }

    /// <summary>Index of the first cell of every frame.</summary>
    public static int[] Firsts(MovieCells movie)
    {
        var first = new int[movie.Frames.Count];
        for (int frame = 1; frame < first.Length; frame++) first[frame] = first[frame - 1] + movie.Frames[frame - 1].Cells.Count;
        return first;
    }

    // Nothing is known before the first frame and behind the last: being there, and not being there any more, is free.
    private static IEnumerable<LinkCell> Cells(MovieCells movie, LinkCosts costs, LinkEvidence evidence)
    {
        for (int frame = 0; frame < movie.Frames.Count; frame++)
        {
            foreach (SeenCell cell in movie.Frames[frame].Cells)
            {
                yield return new LinkCell(
                    frame == 0 ? 0 : costs.Appears(cell),
                    frame == movie.Frames.Count - 1 ? 0 : costs.Disappears(cell),
                    LinkCosts.Dismissed(evidence.Cell(movie.Frames[frame].Number, cell.Label)));
            }
        }
    }
}
