using Morula.Lineages;

namespace Morula.Formats;

/// <summary>
/// Tracks out of ASTEC's cells, which have another label in every frame: a chain of single successors is one track, two successors
/// are a division.
/// </summary>
internal sealed class AstecTracks
{
    private readonly string path;
    private readonly long[] cells;
    private readonly Dictionary<long, long> mothers = [];
    private readonly HashSet<long> dividing = [];

    private AstecTracks(string path, AstecProperties properties, int first, int last)
    {
        this.path = path;
        cells = [.. properties.Cells.Where(IsSeen).Order()];
        foreach (var (cell, next) in properties.Successors)
        {
            long[] seen = [.. next.Where(IsSeen)];
            if (next.Count > 1) dividing.Add(cell);
            foreach (long successor in seen) Link(cell, successor);
        }

        Ids = Remembered(properties.Tracks) ?? Numbered();
        Lineage = MakeLineage();

        bool IsSeen(long cell) => AstecId.FrameOf(cell) >= first && AstecId.FrameOf(cell) <= last && AstecId.LabelOf(cell) != AstecId.Background;
    }

    /// <summary>The track of each cell.</summary>
    public IReadOnlyDictionary<long, int> Ids { get; }

    /// <summary>The tracks.</summary>
    public Lineage Lineage { get; }

    /// <summary>Makes the tracks of the frames from first to last.</summary>
    /// <exception cref="VolumeFormatException">A cell has two mothers, or comes before the one that it follows.</exception>
    public static AstecTracks Of(string path, AstecProperties properties, int first, int last) => new(path, properties, first, last);

    private void Link(long cell, long successor)
    {
        if (AstecId.FrameOf(successor) <= AstecId.FrameOf(cell))
            throw new VolumeFormatException(path, $"the cell {cell} of frame {AstecId.FrameOf(cell)} has the successor {successor} of frame {AstecId.FrameOf(successor)}; successors come later, and a lineage has no circles.");
        if (!mothers.TryAdd(successor, cell))
            throw new VolumeFormatException(path, $"the cell {successor} is the successor of {mothers[successor]} and of {cell}; a cell has one mother.");
    }

    // Cells are sorted by frame, so what precedes a cell has its number already. A mother before the first frame has none.
    private Dictionary<long, int> Numbered()
    {
        var ids = new Dictionary<long, int>();
        int count = 0;
        foreach (long cell in cells)
        {
            bool goesOn = mothers.TryGetValue(cell, out long before) && !dividing.Contains(before) && ids.ContainsKey(before);
            ids[cell] = goesOn ? ids[before] : ++count;
        }

        return ids;
    }

    // Ids that were written with the file hold as long as nobody changed the lineage: every id is one chain without division.
    private Dictionary<long, int>? Remembered(IReadOnlyDictionary<long, long> tracks)
    {
        var ids = new Dictionary<long, int>();
        var latest = new Dictionary<int, long>();
        foreach (long cell in cells)
        {
            if (!tracks.TryGetValue(cell, out long track) || track is < 1 or > int.MaxValue) return null;
            int id = (int)track;
            bool goesOn = mothers.TryGetValue(cell, out long before) && !dividing.Contains(before) && ids.GetValueOrDefault(before) == id;
            if (latest.TryGetValue(id, out long previous) && !(goesOn && previous == before)) return null;
            ids[cell] = id;
            latest[id] = cell;
        }

        return ids;
    }

    private Lineage MakeLineage()
    {
        var tracks = new Dictionary<int, Track>();
        foreach (long cell in cells)
        {
            var (id, frame) = (Ids[cell], AstecId.FrameOf(cell));
            int mother = mothers.TryGetValue(cell, out long before) && Ids.TryGetValue(before, out int found) ? found : 0;
            tracks[id] = tracks.TryGetValue(id, out Track? track) ? track with { LastFrame = frame } : new Track(id, frame, frame, mother);
        }

        return new Lineage(tracks.Values);
    }
}
