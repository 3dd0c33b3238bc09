using Morula.Tracking;

namespace Morula.Tests.Linking;

/// <summary>The definition: every choice of links, divisions and dismissals is tried.</summary>
internal static class LinkOracle
{
    /// <summary>The least cost there is.</summary>
    public static double LeastCost(LinkProblem problem)
    {
        int count = problem.Arcs.Count + problem.Divisions.Count + problem.Cells.Count;
        double best = double.PositiveInfinity;
        for (long choice = 0; choice < 1L << count; choice++)
        {
            long bits = choice;
            var solution = new LinkSolution(Chosen(problem.Arcs.Count), Chosen(problem.Divisions.Count), Chosen(problem.Cells.Count));
            if (Cost(problem, solution) is { } cost) best = Math.Min(best, cost);

            int[] Chosen(int among)
            {
                int[] chosen = [.. Enumerable.Range(0, among).Where(index => (bits >> index & 1) == 1)];
                bits >>= among;
                return chosen;
            }
        }

        return best;
    }

    private static double? Cost(LinkProblem problem, LinkSolution solution)
    {
        if (solution.Dismissed.Any(cell => double.IsPositiveInfinity(problem.Cells[cell].Dismissal))) return null;
        IEnumerable<int> fates = [.. solution.Arcs.Select(arc => problem.Arcs[arc].From), .. solution.Divisions.Select(one => problem.Divisions[one].Mother), .. solution.Dismissed];
        IEnumerable<int> origins =
        [
            .. solution.Arcs.Select(arc => problem.Arcs[arc].To), .. solution.Divisions.Select(one => problem.Divisions[one].First),
            .. solution.Divisions.Select(one => problem.Divisions[one].Second), .. solution.Dismissed,
        ];
        if (fates.Distinct().Count() < fates.Count() || origins.Distinct().Count() < origins.Count()) return null;
        double cost = solution.Arcs.Sum(arc => problem.Arcs[arc].Cost) + solution.Divisions.Sum(one => problem.Divisions[one].Cost) + solution.Dismissed.Sum(cell => problem.Cells[cell].Dismissal);
        for (int cell = 0; cell < problem.Cells.Count; cell++)
            cost += (origins.Contains(cell) ? 0 : problem.Cells[cell].Appearance) + (fates.Contains(cell) ? 0 : problem.Cells[cell].Disappearance);
        return cost;
    }
}
