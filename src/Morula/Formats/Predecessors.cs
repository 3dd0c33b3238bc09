using Morula.Lineages;

namespace Morula.Formats;

/// <summary>What a cell was before, told frame by frame: the same track where it was last seen, else its mother where she was.</summary>
internal sealed class Predecessors(Lineage lineage)
{
    private readonly Dictionary<int, int> lastFrames = [];

    /// <summary>Enters a cell into the next frame; null where nothing precedes it.</summary>
    public TrackedCell? Enter(int frame, int id)
    {
        TrackedCell? before = Seen(id) ?? (lineage.Contains(id) ? Seen(lineage[id].ParentId) : null);
        lastFrames[id] = frame;
        return before;
    }

    private TrackedCell? Seen(int id) => lastFrames.TryGetValue(id, out int frame) ? new TrackedCell(frame, id) : null;
}
