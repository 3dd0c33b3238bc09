using Morula.Lineages;

namespace Morula.Samples;

/// <summary>What befalls cells of a clip.</summary>
internal static class CellFate
{
    /// <summary>What befalls a cell inside the frames [from, to) of a clip; null where no lineage tells.</summary>
    public static CellEvents? Of(Pair clip, int label, int from, int to)
    {
        if (clip.Lineage is not { } lineage || !lineage.Contains(label)) return null;
        Track track = lineage[label];
        var (first, last) = (track.FirstFrame - clip.FirstFrame, track.LastFrame - clip.FirstFrame);
        bool isBorn = lineage.Divides(track.ParentId) && first > from && first < to;
        bool divides = lineage.Divides(label) && last >= from && last < to - 1;
        return (isBorn ? CellEvents.Born : CellEvents.None) | (divides ? CellEvents.Divides : CellEvents.None);
    }
}
