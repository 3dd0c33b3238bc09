namespace Morula.Tracking;

/// <summary>The choice that a solver made.</summary>
/// <param name="Arcs">Indices of the chosen links in <see cref="LinkProblem.Arcs"/>, ascending.</param>
/// <param name="Divisions">Indices of the chosen divisions in <see cref="LinkProblem.Divisions"/>, ascending.</param>
/// <param name="Dismissed">Indices of the cells taken for none, ascending.</param>
public sealed record LinkSolution(IReadOnlyList<int> Arcs, IReadOnlyList<int> Divisions, IReadOnlyList<int> Dismissed)
{
    /// <summary>The sum of all costs.</summary>
    /// <param name="problem">The problem that was solved.</param>
    /// <exception cref="ArgumentException">This is no solution of it: a cell has two origins, two fates, or is dismissed and linked.</exception>
    public double CostIn(LinkProblem problem)
    {
        var origin = new bool[problem.Cells.Count];
        var fate = new bool[problem.Cells.Count];
        double cost = 0;
        foreach (LinkArc arc in Arcs.Select(index => problem.Arcs[index])) Add(arc.Cost, arc.From, arc.To);
        foreach (LinkDivision one in Divisions.Select(index => problem.Divisions[index])) Add(one.Cost, one.Mother, one.First, one.Second);
        foreach (int cell in Dismissed)
        {
            Take(origin, cell);
            Add(problem.Cells[cell].Dismissal, cell);
        }

        for (int cell = 0; cell < origin.Length; cell++)
            cost += (origin[cell] ? 0 : problem.Cells[cell].Appearance) + (fate[cell] ? 0 : problem.Cells[cell].Disappearance);
        return cost;

        void Add(double price, int from, params ReadOnlySpan<int> to)
        {
            cost += price;
            Take(fate, from);
            foreach (int cell in to) Take(origin, cell);
        }

        static void Take(bool[] taken, int cell)
        {
            if (taken[cell]) throw new ArgumentException($"cell {cell} is linked twice.");
            taken[cell] = true;
        }
    }
}
