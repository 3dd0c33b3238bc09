using Morula.Lineages;

namespace Morula.Evaluation;

/// <summary>The graphs of a true and a found movie, and which cells of one are which of the other.</summary>
internal sealed class MovieMatch
{
    private readonly Dictionary<CellNode, CellNode> foundOf = [];
    private readonly Dictionary<CellNode, CellNode> truthOf = [];

    /// <summary>Joins the frames.</summary>
    /// <param name="frames">All frames, ascending; at least one.</param>
    /// <param name="truth">Tracks of all true labels.</param>
    /// <param name="found">Tracks of all found labels.</param>
    public MovieMatch(IReadOnlyList<FrameMatch> frames, Lineage truth, Lineage found)
    {
        FirstFrame = frames[0].Frame;
        LastFrame = frames[^1].Frame;
        Truth = new CellGraph(frames.SelectMany(frame => frame.TruthIds.Select(id => new CellNode(frame.Frame, id))), truth);
        Found = new CellGraph(frames.SelectMany(frame => frame.FoundIds.Select(id => new CellNode(frame.Frame, id))), found);
        foreach (FrameMatch frame in frames)
        {
            foreach (var (one, other) in frame.Pairs)
            {
                foundOf[new CellNode(frame.Frame, one)] = new CellNode(frame.Frame, other);
                truthOf[new CellNode(frame.Frame, other)] = new CellNode(frame.Frame, one);
            }
        }
    }

    public int FirstFrame { get; }

    public int LastFrame { get; }

    public CellGraph Truth { get; }

    public CellGraph Found { get; }

    /// <summary>The found cell that holds a true cell and no other; null where there is none.</summary>
    public CellNode? FoundOf(CellNode truth) => foundOf.TryGetValue(truth, out CellNode found) ? found : null;

    /// <summary>The only true cell that a found cell holds; null where it holds none or several.</summary>
    public CellNode? TruthOf(CellNode found) => truthOf.TryGetValue(found, out CellNode truth) ? truth : null;

    /// <summary>Whether a true and a found track are one cell in a frame.</summary>
    public bool AreOne(int frame, int truthId, int foundId) => FoundOf(new CellNode(frame, truthId)) == new CellNode(frame, foundId);

    /// <summary>The found link between the counterparts of the ends of a true link; null where there is none.</summary>
    public CellLink? FoundOf(CellLink truth) => FoundOf(truth.From) is { } from && FoundOf(truth.To) is { } to ? Found.Between(from, to) : null;

    /// <summary>The true link between the counterparts of the ends of a found link; null where there is none.</summary>
    public CellLink? TruthOf(CellLink found) => TruthOf(found.From) is { } from && TruthOf(found.To) is { } to ? Truth.Between(from, to) : null;
}
