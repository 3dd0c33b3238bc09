using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Voxels of every cell and areas between every two, gathered from one volume or from blocks of a larger one.</summary>
/// <param name="rank">Number of axes.</param>
internal sealed class CellCensus(int rank)
{
    private readonly SortedDictionary<int, CellTally> tallies = [];
    private readonly SortedDictionary<(int Less, int More), double> surfaces = [];
    private readonly SortedDictionary<(int Less, int More), double> contacts = [];

    /// <summary>Number of axes.</summary>
    public int Rank => rank;

    /// <summary>Voxels, places and frames by label.</summary>
    public IReadOnlyDictionary<int, CellTally> Tallies => tallies;

    /// <summary>Area between two labels, the lesser first and 0 for background, µm² summed over frames.</summary>
    public IReadOnlyDictionary<(int Less, int More), double> Surfaces => surfaces;

    /// <summary>The same where cells touch.</summary>
    public IReadOnlyDictionary<(int Less, int More), double> Contacts => contacts;

    /// <summary>Counts the voxels of the core.</summary>
    /// <param name="labels">A region around the core, wide enough for steps from one voxel to another.</param>
    /// <param name="touching">The same cells where they touch.</param>
    /// <param name="core">Within the region.</param>
    /// <param name="offset">Place of the region in the volume, per axis.</param>
    public void Count(LabelVolume labels, LabelVolume touching, Block core, ReadOnlySpan<int> offset)
    {
        var counter = new CrossingCounter(labels, core);
        int[] corner = offset.ToArray();
        long frameSize = 1;
        for (int axis = SpatialAxes.First(rank); axis < rank; axis++) frameSize *= labels.Extent[axis];
        Walk(labels, core, (position, start) =>
        {
            Tally(labels.Voxels.AsSpan(start, labels.Extent[rank - 1]), position, start / frameSize, core, corner);
            counter.Count(position, start);
        });
        AddAreas(counter, surfaces);
        if (touching != labels) Walk(touching, core, (counter = new CrossingCounter(touching, core)).Count);
        AddAreas(counter, contacts);
    }

    /// <summary>Adds the voxels of a cell, and its areas, that another census knows.</summary>
    public void Add(int label, CellTally tally)
    {
        if (tallies.TryGetValue(label, out CellTally? known)) known.Add(tally);
        else tallies.Add(label, tally);
    }

    /// <summary>Adds an area between two cells that another census knows.</summary>
    public void AddSurface(int less, int more, double area) => Add(surfaces, less, more, area);

    /// <summary>Adds an area in which two cells touch that another census knows.</summary>
    public void AddContact(int less, int more, double area) => Add(contacts, less, more, area);

    /// <summary>The same with other labels; background stays.</summary>
    /// <param name="labelOf">The new label of one that has voxels; 0 of one that was only seen from a neighbouring block, which there is background.</param>
    public CellCensus Renamed(Func<int, int> labelOf)
    {
        var renamed = new CellCensus(rank);
        foreach (var (label, tally) in tallies) renamed.Add(labelOf(label), tally);
        foreach (var ((less, more), area) in surfaces.Where(entry => New(entry.Key.Less) != New(entry.Key.More))) Add(renamed.surfaces, New(less), New(more), area);
        foreach (var ((less, more), area) in contacts) Add(renamed.contacts, New(less), New(more), area);
        return renamed;

        int New(int label) => label == 0 ? 0 : labelOf(label);
    }

    private static void Add(SortedDictionary<(int Less, int More), double> areas, int one, int other, double area)
    {
        (int Less, int More) pair = (Math.Min(one, other), Math.Max(one, other));
        areas[pair] = areas.GetValueOrDefault(pair) + area;
    }

    private static void AddAreas(CrossingCounter counter, SortedDictionary<(int Less, int More), double> areas)
    {
        foreach (var (less, more, area) in counter.Areas()) Add(areas, less, more, area);
    }

    // Rows of the core, by the place of the row and the index of its first voxel in the region.
    private void Walk(LabelVolume labels, Block core, Action<int[], int> visit)
    {
        long[] strides = labels.Extent.Strides();
        int[] position = core.Lower[..(rank - 1)].ToArray();
        while (true)
        {
            long start = 0;
            for (int axis = 0; axis < position.Length; axis++) start += position[axis] * strides[axis];
            visit(position, (int)start);
            int last = position.Length - 1;
            for (; last >= 0 && ++position[last] == core.Upper[last]; last--) position[last] = core.Lower[last];
            if (last < 0) return;
        }
    }

    private void Tally(ReadOnlySpan<int> voxels, int[] position, long frame, Block core, int[] corner)
    {
        int[] place = [.. position.Select((index, axis) => index + corner[axis])];
        for (int column = core.Lower[^1]; column < core.Upper[^1];)
        {
            int label = voxels[column];
            int end = column + 1;
            while (end < core.Upper[^1] && voxels[end] == label) end++;
            if (label < 0) throw new ArgumentException($"Label {label} is negative.");
            if (label > 0)
            {
                if (!tallies.TryGetValue(label, out CellTally? tally)) tallies.Add(label, tally = new CellTally(rank));
                tally.Add(place, frame, corner[^1] + column, corner[^1] + end);
            }

            column = end;
        }
    }
}
