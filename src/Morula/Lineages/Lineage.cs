namespace Morula.Lineages;

/// <summary>
/// Who descends from whom: the tracks of a movie. A track with two daughters or more divides; one with a single daughter is the same
/// cell under another id. Frames are numbers as the movie's files count them.
/// </summary>
public sealed class Lineage
{
    private readonly Dictionary<int, Track> byId;
    private readonly ILookup<int, Track> byParent;

    /// <summary>Makes a lineage of tracks in any order.</summary>
    /// <exception cref="ArgumentException">The tracks contradict each other; the message says how (see <see cref="LineageCheck"/>).</exception>
    public Lineage(IEnumerable<Track> tracks)
    {
        Tracks = [.. tracks.OrderBy(track => track.Id)];
        if (LineageCheck.Problem(Tracks) is { } problem) throw new ArgumentException(problem, nameof(tracks));
        byId = Tracks.ToDictionary(track => track.Id);
        byParent = Tracks.Where(track => track.ParentId != 0).ToLookup(track => track.ParentId);
    }

    /// <summary>No cell at all.</summary>
    public static Lineage Empty { get; } = new([]);

    /// <summary>All tracks by ascending id.</summary>
    public IReadOnlyList<Track> Tracks { get; }

    /// <summary>The track of an id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Track this[int id] => byId[id];

    /// <summary>The mothers: tracks with two daughters or more.</summary>
    public IEnumerable<Track> Divisions => Tracks.Where(track => Divides(track.Id));

    /// <summary>Whether there is a track of this id.</summary>
    public bool Contains(int id) => byId.ContainsKey(id);

    /// <summary>The tracks whose mother this is, by ascending id.</summary>
    public IEnumerable<Track> DaughtersOf(int id) => byParent[id];

    /// <summary>Whether it has two daughters or more.</summary>
    public bool Divides(int id) => byParent[id].Skip(1).Any();

    /// <summary>What is seen of it in the frames from <paramref name="first"/> to <paramref name="last"/>, both included: tracks are cut, mothers out of sight are unknown.</summary>
    public Lineage Between(int first, int last)
    {
        Track[] seen = [.. Tracks.Where(track => track.FirstFrame <= last && track.LastFrame >= first)];
        var ids = seen.Select(track => track.Id).ToHashSet();
        return new Lineage(seen.Select(track => new Track(
            track.Id, Math.Max(first, track.FirstFrame), Math.Min(last, track.LastFrame), ids.Contains(track.ParentId) ? track.ParentId : 0)))
        {
            Repairs = Repairs,
        };
    }

    /// <summary>What was mended where cells contradicted each other, one line each.</summary>
    public IReadOnlyList<string> Repairs { get; private init; } = [];

    /// <summary>
    /// The lineage that cells seen frame by frame make, one id along a track. A mother that is never seen counts as unknown, and so does one
    /// who is still seen when a daughter begins: annotators name daughters while a scrap of the mother is left. The latter is noted in
    /// <see cref="Repairs"/>.
    /// </summary>
    /// <param name="cells">Frame, id and mother of each.</param>
    /// <exception cref="ArgumentException">A cell has two mothers, or the tracks contradict each other.</exception>
    public static Lineage OfCells(IEnumerable<(int Frame, int Id, int ParentId)> cells)
    {
        var tracks = new Dictionary<int, Track>();
        foreach (var (frame, id, parent) in cells)
        {
            Track seen = tracks.GetValueOrDefault(id) ?? new Track(id, frame, frame, parent);
            if (seen.ParentId != parent)
                throw new ArgumentException($"track {id} has the mother {seen.ParentId} in one frame and {parent} in frame {frame}.", nameof(cells));
            tracks[id] = seen with { FirstFrame = Math.Min(seen.FirstFrame, frame), LastFrame = Math.Max(seen.LastFrame, frame) };
        }

        Track[] known = [.. tracks.Values.Select(track => tracks.ContainsKey(track.ParentId) ? track : track with { ParentId = 0 })];
        if (LineageCheck.Circle(known) is { } circle) throw new ArgumentException(circle, nameof(cells));
        Track[] early = [.. known.Where(track => track.ParentId != 0 && tracks[track.ParentId].LastFrame >= track.FirstFrame)];
        return new Lineage(known.Select(track => early.Contains(track) ? track with { ParentId = 0 } : track))
        {
            Repairs = [.. early.OrderBy(track => track.Id).Select(track =>
                $"track {track.Id} begins in frame {track.FirstFrame} while its mother {track.ParentId} is still seen (until frame {tracks[track.ParentId].LastFrame}); she counts as unknown.")],
        };
    }
}
