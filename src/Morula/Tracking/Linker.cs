using Morula.Lineages;

namespace Morula.Tracking;

/// <summary>
/// Joins the cells of single frames into tracks with divisions. All links of a movie are chosen at once, such that the sum of their
/// costs is least (Padfield, Rittscher and Roysam 2011; Jug et al. 2014). The labels themselves are of no account.
/// </summary>
public static class Linker
{
    /// <summary>Links the cells of a movie.</summary>
    /// <param name="movie">Its cells.</param>
    /// <param name="options">What links cost.</param>
    /// <param name="solver">Chooses the links.</param>
    /// <param name="evidence">What is known of single cells, or null.</param>
    /// <param name="cancellation">Stops the solver.</param>
    public static TrackedCells Link(MovieCells movie, LinkOptions options, ILinkSolver solver, LinkEvidence? evidence = null, CancellationToken cancellation = default)
    {
        LinkProblem problem = LinkCandidates.Of(movie, options, evidence ?? new LinkEvidence());
        LinkSolution solution = solver.Solve(problem, cancellation);
        solution.CostIn(problem);
        return Tracked(movie, problem, solution);
    }

    private static TrackedCells Tracked(MovieCells movie, LinkProblem problem, LinkSolution solution)
    {
        var before = solution.Arcs.ToDictionary(arc => problem.Arcs[arc].To, arc => problem.Arcs[arc].From);
        var mothers = solution.Divisions.SelectMany(one => new[] { (problem.Divisions[one].First, one), (problem.Divisions[one].Second, one) })
            .ToDictionary(daughter => daughter.Item1, daughter => problem.Divisions[daughter.one].Mother);
        HashSet<int> dismissed = [.. solution.Dismissed];
        var ids = new int[problem.Cells.Count];
        var tracks = new List<Track>();
        var labels = new List<IReadOnlyDictionary<int, int>>();
        int cell = 0;
        foreach (FrameCells frame in movie.Frames)
        {
            var names = new Dictionary<int, int>();
            foreach (SeenCell seen in frame.Cells)
            {
                if (!dismissed.Contains(cell)) ids[cell] = before.TryGetValue(cell, out int earlier) ? GoOn(ids[earlier]) : Begin(cell);
                names.Add(seen.Label, ids[cell++]);
            }

            labels.Add(names);

            int GoOn(int id)
            {
                tracks[id - 1] = tracks[id - 1] with { LastFrame = frame.Number };
                return id;
            }

            int Begin(int first)
            {
                tracks.Add(new Track(tracks.Count + 1, frame.Number, frame.Number, mothers.TryGetValue(first, out int mother) ? ids[mother] : 0));
                return tracks.Count;
            }
        }

        return new TrackedCells(movie, new Lineage(tracks), labels);
    }
}
