namespace Morula.Tracking;

/// <summary>
/// Which links to choose: every cell has one origin (a link, a division, or it appears) and one fate (a link, a division, or it
/// disappears) unless it is dismissed, and the sum of all costs is least.
/// </summary>
public sealed record LinkProblem
{
    /// <summary>Makes a problem.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="arcs">Possible links.</param>
    /// <param name="divisions">Possible divisions.</param>
    /// <exception cref="ArgumentException">An index names no cell, a cell leads to itself, or a cost is no number.</exception>
    public LinkProblem(IReadOnlyList<LinkCell> cells, IReadOnlyList<LinkArc> arcs, IReadOnlyList<LinkDivision> divisions)
    {
        bool Fits(int from, int to) => (uint)from < cells.Count && (uint)to < cells.Count && from != to;
        if (!cells.All(cell => double.IsFinite(cell.Appearance) && double.IsFinite(cell.Disappearance) && !double.IsNaN(cell.Dismissal) && cell.Dismissal > double.NegativeInfinity))
            throw new ArgumentException("Costs of cells must be numbers.", nameof(cells));
        if (!arcs.All(arc => Fits(arc.From, arc.To) && double.IsFinite(arc.Cost)))
            throw new ArgumentException("A link leads from a cell to another at a finite cost.", nameof(arcs));
        if (!divisions.All(one => Fits(one.Mother, one.First) && Fits(one.Mother, one.Second) && one.First != one.Second && double.IsFinite(one.Cost)))
            throw new ArgumentException("A division leads from a cell to two others at a finite cost.", nameof(divisions));
        Cells = cells;
        Arcs = arcs;
        Divisions = divisions;
    }

    /// <summary>The cells.</summary>
    public IReadOnlyList<LinkCell> Cells { get; }

    /// <summary>Possible links.</summary>
    public IReadOnlyList<LinkArc> Arcs { get; }

    /// <summary>Possible divisions.</summary>
    public IReadOnlyList<LinkDivision> Divisions { get; }
}
