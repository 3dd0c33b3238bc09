namespace Morula.Lineages;

/// <summary>Whether tracks can be a lineage.</summary>
public static class LineageCheck
{
    /// <summary>
    /// What is wrong, as the end of a sentence, or null: an id that is not positive or is given twice, a track that ends before it
    /// begins, a mother that does not exist, a circle of mothers, or a daughter that begins before her mother has ended.
    /// </summary>
    public static string? Problem(IReadOnlyCollection<Track> tracks)
    {
        var byId = new Dictionary<int, Track>();
        foreach (Track track in tracks)
        {
            if (track.Id < 1) return $"track {track.Id} has no positive id.";
            if (track.FirstFrame < 0 || track.LastFrame < track.FirstFrame) return $"track {track.Id} begins in frame {track.FirstFrame} and ends in frame {track.LastFrame}.";
            if (!byId.TryAdd(track.Id, track)) return $"track {track.Id} is there twice.";
        }

        return tracks.Select(track => Orphan(track, byId)).FirstOrDefault(problem => problem is not null)
            ?? Circle(tracks, byId)
            ?? tracks.Select(track => Overtaken(track, byId)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>The first circle of mothers, as the end of a sentence, or null.</summary>
    internal static string? Circle(IReadOnlyCollection<Track> tracks) => Circle(tracks, tracks.ToDictionary(track => track.Id));

    private static string? Orphan(Track track, Dictionary<int, Track> byId) =>
        track.ParentId == 0 || byId.ContainsKey(track.ParentId) ? null : $"track {track.Id} has the mother {track.ParentId}, who does not exist.";

    private static string? Circle(IReadOnlyCollection<Track> tracks, Dictionary<int, Track> byId)
    {
        var settled = new HashSet<int> { 0 };
        foreach (Track start in tracks)
        {
            var path = new List<int>();
            int id = start.Id;
            while (!settled.Contains(id) && !path.Contains(id))
            {
                path.Add(id);
                id = byId[id].ParentId;
            }

            if (!settled.Contains(id)) return $"the tracks {string.Join(" -> ", path.SkipWhile(one => one != id))} -> {id} are their own ancestors; a lineage has no circles.";
            settled.UnionWith(path);
        }

        return null;
    }

    private static string? Overtaken(Track track, Dictionary<int, Track> byId) =>
        track.ParentId != 0 && byId[track.ParentId].LastFrame >= track.FirstFrame
            ? $"track {track.Id} begins in frame {track.FirstFrame}, but its mother {track.ParentId} lives until frame {byId[track.ParentId].LastFrame}; a mother ends before her daughters begin."
            : null;
}
