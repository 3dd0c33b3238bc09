using Morula.Lineages;

namespace Morula.Evaluation;

/// <summary>
/// The graph of a tracked movie (Matula et al. 2015): a vertex per cell and frame in which it is seen, a track link between the
/// frames in which a track is seen one after the other, and a parent link from the last cell of a mother to the first of each daughter.
/// </summary>
internal sealed class CellGraph
{
    private readonly SortedDictionary<int, List<int>> framesOf = [];
    private readonly Dictionary<CellNode, List<CellLink>> after = [];
    private readonly Lineage lineage;

    /// <summary>Makes the graph of what is seen.</summary>
    /// <param name="cells">All cells, frames ascending.</param>
    /// <param name="lineage">Knows the track of each; mothers and daughters that are never seen play no part.</param>
    public CellGraph(IEnumerable<CellNode> cells, Lineage lineage)
    {
        this.lineage = lineage;
        foreach (CellNode cell in cells)
        {
            if (framesOf.TryGetValue(cell.Id, out List<int>? frames)) Link(cell with { Frame = frames[^1] }, cell, isParental: false);
            else framesOf[cell.Id] = frames = [];
            frames.Add(cell.Frame);
        }

        foreach (int id in Tracks.Where(HasMother))
            Link(new CellNode(LastFrame(MotherOf(id)), MotherOf(id)), new CellNode(FirstFrame(id), id), isParental: true);
    }

    /// <summary>Ids of the tracks that are seen, ascending.</summary>
    public IReadOnlyCollection<int> Tracks => framesOf.Keys;

    /// <summary>All cells, by track.</summary>
    public IEnumerable<CellNode> Cells => framesOf.SelectMany(track => track.Value.Select(frame => new CellNode(frame, track.Key)));

    /// <summary>All links.</summary>
    public IEnumerable<CellLink> Links => after.Values.SelectMany(links => links);

    /// <summary>Tracks with two seen daughters or more.</summary>
    public IEnumerable<int> Divisions => Tracks.Where(Divides);

    /// <summary>Frames in which a track is seen, ascending.</summary>
    public IReadOnlyList<int> FramesOf(int id) => framesOf[id];

    /// <summary>First frame in which a track is seen.</summary>
    public int FirstFrame(int id) => framesOf[id][0];

    /// <summary>Last frame in which a track is seen.</summary>
    public int LastFrame(int id) => framesOf[id][^1];

    /// <summary>The daughters that are seen.</summary>
    public IEnumerable<int> DaughtersOf(int id) => lineage.DaughtersOf(id).Select(track => track.Id).Where(framesOf.ContainsKey);

    /// <summary>Whether two daughters or more are seen.</summary>
    public bool Divides(int id) => DaughtersOf(id).Skip(1).Any();

    /// <summary>Whether a track begins with the division of its mother.</summary>
    public bool IsBorn(int id) => HasMother(id) && Divides(MotherOf(id));

    /// <summary>The links that leave a cell.</summary>
    public IReadOnlyList<CellLink> After(CellNode cell) => after.TryGetValue(cell, out List<CellLink>? links) ? links : [];

    /// <summary>The link from one cell to another; null where there is none.</summary>
    public CellLink? Between(CellNode from, CellNode to)
    {
        foreach (CellLink link in After(from))
        {
            if (link.To == to) return link;
        }

        return null;
    }

    private int MotherOf(int id) => lineage[id].ParentId;

    private bool HasMother(int id) => framesOf.ContainsKey(MotherOf(id));

    private void Link(CellNode from, CellNode to, bool isParental)
    {
        if (!after.TryGetValue(from, out List<CellLink>? links)) after[from] = links = [];
        links.Add(new CellLink(from, to, isParental));
    }
}
