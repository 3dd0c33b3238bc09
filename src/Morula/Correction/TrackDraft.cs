using Morula.Lineages;

namespace Morula.Correction;

/// <summary>Which label is in which frame and who is whose mother, while edits are applied.</summary>
internal sealed class TrackDraft
{
    private readonly FrameOrder frames;
    private readonly bool hasTracks;
    private readonly SortedDictionary<int, SortedSet<int>> presence = [];
    private readonly SortedDictionary<int, int> parents = [];

    /// <summary>Begins with what a table says.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="cells">Frame number, label and mother of every cell; null where there is no table, so that nothing is known of tracks.</param>
    public TrackDraft(FrameOrder frames, IEnumerable<(int Frame, int Label, int ParentLabel)>? cells)
    {
        this.frames = frames;
        hasTracks = cells is not null;
        foreach (var (frame, label, parent) in cells ?? [])
        {
            FramesOf(label).Add(frame);
            parents[label] = parent;
        }
    }

    /// <summary>Frame number, label and mother of every cell, by frame and label.</summary>
    public IEnumerable<(int Frame, int Id, int ParentId)> Cells => presence
        .SelectMany(track => track.Value.Select(frame => (frame, track.Key, parents.GetValueOrDefault(track.Key))))
        .Order();

    /// <summary>The greatest label that is or was in use.</summary>
    public int Most { get; private set; }

    public bool Contains(int label) => presence.TryGetValue(label, out SortedSet<int>? seen) && seen.Count > 0;

    /// <summary>Requires that a cell is in a frame, where that is known.</summary>
    public void Require(int label, string frame)
    {
        int number = frames.NumberOf(frame);
        if (hasTracks && !(presence.TryGetValue(label, out SortedSet<int>? seen) && seen.Contains(number))) throw new EditException($"there is no cell {label} in frame '{frame}'.");
    }

    public void Begin(int label, string frame) => FramesOf(label).Add(frames.NumberOf(frame));

    public void Move(int label, int into, string first, string? last)
    {
        int[] moved = Taken(label, first, last);
        bool isNew = !Contains(into);
        FramesOf(into).UnionWith(moved);
        if (isNew) parents[into] = parents.GetValueOrDefault(label);
        if (Contains(label)) return;
        foreach (int daughter in DaughtersOf(label)) parents[daughter] = into;
        Forget(label);
    }

    public void Remove(int label, string first, string? last)
    {
        Taken(label, first, last);
        if (Contains(label)) return;
        foreach (int daughter in DaughtersOf(label)) parents[daughter] = 0;
        Forget(label);
    }

    public void Link(int mother, int daughter)
    {
        RequireTrack(mother);
        RequireTrack(daughter);
        if (presence[mother].Max >= presence[daughter].Min)
            throw new EditException($"cell {daughter} begins in frame {presence[daughter].Min}, but cell {mother} lives until frame {presence[mother].Max}; a mother ends before her daughters begin.");
        parents[daughter] = mother;
    }

    public void Unlink(int daughter)
    {
        RequireTrack(daughter);
        if (parents.GetValueOrDefault(daughter) == 0) throw new EditException($"cell {daughter} has no mother.");
        parents[daughter] = 0;
    }

    /// <summary>The tracks; a mother who is seen beside her daughter counts as unknown.</summary>
    public Lineage Lineage() => hasTracks ? Lineages.Lineage.OfCells(Cells) : Lineages.Lineage.Empty;

    private int[] Taken(int label, string first, string? last)
    {
        int[] taken = [.. frames.Between(first, last).Where(FramesOf(label).Contains)];
        FramesOf(label).ExceptWith(taken);
        return taken;
    }

    private void RequireTrack(int label)
    {
        if (!hasTracks) throw new EditException("the result has no tracks yet; link its frames with 'morula track' first.");
        if (!Contains(label)) throw new EditException($"there is no cell {label}.");
    }

    private int[] DaughtersOf(int label) => [.. parents.Where(track => track.Value == label).Select(track => track.Key)];

    private void Forget(int label)
    {
        presence.Remove(label);
        parents.Remove(label);
    }

    private SortedSet<int> FramesOf(int label)
    {
        Most = Math.Max(Most, label);
        if (!presence.TryGetValue(label, out SortedSet<int>? seen)) presence[label] = seen = [];
        return seen;
    }
}
