using Morula.Lineages;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>An image and its labels on one grid, ready to be cut into samples.</summary>
public sealed class LoadedPair
{
    private readonly IReadOnlyDictionary<int, int> classes;
    private readonly Dictionary<int, long[]> voxelsUntil;

    internal LoadedPair(Pair pair, Volume image, LabelVolume labels, IReadOnlyDictionary<int, int> classes)
    {
        Pair = pair;
        Image = image;
        Labels = labels;
        Cells = labels.Cells();
        this.classes = classes;
        voxelsUntil = CountByFrame(labels);
    }

    /// <summary>The files this came from.</summary>
    public Pair Pair { get; }

    /// <summary>Normalised intensities on the working grid.</summary>
    public Volume Image { get; }

    /// <summary>Labels on the grid of the image.</summary>
    public LabelVolume Labels { get; }

    /// <summary>The cells by ascending label, with tight boxes on the working grid.</summary>
    public IReadOnlyList<LabelledCell> Cells { get; }

    /// <summary>Memory this holds, in bytes.</summary>
    public long ByteCount => Image.Extent.Count * (sizeof(float) + sizeof(int));

    /// <summary>Class of a cell, from 1; 1 where no table speaks of it.</summary>
    public int ClassOf(int label) => classes.GetValueOrDefault(label, ObjectClasses.Default);

    /// <summary>What befalls a cell inside the frames [from, to) of a clip; null where no lineage tells.</summary>
    internal CellEvents? EventsOf(int label, int from, int to)
    {
        if (Pair.Lineage is not { } lineage || !lineage.Contains(label)) return null;
        Track track = lineage[label];
        var (first, last) = (track.FirstFrame - Pair.FirstFrame, track.LastFrame - Pair.FirstFrame);
        bool isBorn = lineage.Divides(track.ParentId) && first > from && first < to;
        bool divides = lineage.Divides(label) && last >= from && last < to - 1;
        return (isBorn ? CellEvents.Born : CellEvents.None) | (divides ? CellEvents.Divides : CellEvents.None);
    }

    /// <summary>Number of a cell's voxels in the frames [from, to); images without time have one frame.</summary>
    internal long VoxelsOf(int label, int from, int to)
    {
        if (!voxelsUntil.TryGetValue(label, out long[]? until)) return 0;
        return until[Math.Clamp(to, 0, until.Length - 1)] - until[Math.Clamp(from, 0, until.Length - 1)];
    }

    // Running totals: entry t counts the voxels in the frames before t.
    private static Dictionary<int, long[]> CountByFrame(LabelVolume labels)
    {
        int frames = SpaceAndTime.Frames(labels.Extent);
        int perFrame = labels.Voxels.Length / Math.Max(1, frames);
        var totals = new Dictionary<int, long[]>();
        for (int frame = 0; frame < frames; frame++)
        {
            ReadOnlySpan<int> voxels = labels.Voxels.AsSpan(frame * perFrame, perFrame);
            for (int start = 0; start < voxels.Length;)
            {
                int end = start + 1;
                while (end < voxels.Length && voxels[end] == voxels[start]) end++;
                if (voxels[start] != 0) Add(voxels[start], frame, end - start);
                start = end;
            }
        }

        foreach (long[] until in totals.Values)
            for (int frame = 0; frame < frames; frame++) until[frame + 1] += until[frame];
        return totals;

        void Add(int label, int frame, int count)
        {
            if (!totals.TryGetValue(label, out long[]? until)) totals[label] = until = new long[frames + 1];
            until[frame + 1] += count;
        }
    }
}
