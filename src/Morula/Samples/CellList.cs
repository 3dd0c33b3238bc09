using System.Collections;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>The cells of an image by ascending label, a few dozen bytes each, with the number of their voxels in every frame.</summary>
internal sealed class CellList : IReadOnlyList<LabelledCell>
{
    private readonly int rank;
    private readonly int[] labels;
    private readonly int[] boxes;
    private readonly long[] counts;
    private readonly int[] starts;

    /// <summary>Takes the numbers as they are.</summary>
    /// <param name="rank">Axes of the image.</param>
    /// <param name="labels">Ascending.</param>
    /// <param name="boxes">2D numbers a cell: lowers, then uppers.</param>
    /// <param name="counts">Voxels of a cell in each of its frames, from its first to its last; without time one number a cell.</param>
    public CellList(int rank, int[] labels, int[] boxes, long[] counts)
    {
        (this.rank, this.labels, this.boxes, this.counts) = (rank, labels, boxes, counts);
        starts = new int[labels.Length + 1];
        for (int cell = 0; cell < labels.Length; cell++) starts[cell + 1] = starts[cell] + FramesOf(cell);
        if (boxes.Length != 2 * rank * labels.Length || counts.Length != starts[^1])
            throw new ArgumentException($"{labels.Length} cells do not fit {boxes.Length} bounds and {counts.Length} counts.", nameof(counts));
    }

    /// <inheritdoc/>
    public int Count => labels.Length;

    /// <summary>Of the image, ascending.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>2D numbers a cell.</summary>
    public ReadOnlySpan<int> Boxes => boxes;

    /// <summary>One number a cell and frame.</summary>
    public ReadOnlySpan<long> Counts => counts;

    /// <inheritdoc/>
    public LabelledCell this[int index]
    {
        get
        {
            ReadOnlySpan<int> box = boxes.AsSpan(2 * rank * index, 2 * rank);
            return new LabelledCell(labels[index], new Block(box[..rank], box[rank..]), VoxelsOf(index));
        }
    }

    /// <summary>The cells of labels that were gone through.</summary>
    public static CellList Of(LabelTally tally, int rank)
    {
        IReadOnlyList<LabelledCell> cells = tally.Cells();
        bool moves = SpatialAxes.First(rank) > 0;
        return new CellList(
            rank,
            [.. cells.Select(cell => cell.Label)],
            [.. cells.SelectMany(cell => (int[])[.. cell.Box.Lower, .. cell.Box.Upper])],
            [.. cells.SelectMany(cell => moves ? tally.CountsAlong(cell.Label) : [cell.VoxelCount])]);
    }

    /// <summary>The cells of a label volume.</summary>
    public static CellList Of(LabelVolume volume)
    {
        var tally = new LabelTally(volume.Rank);
        tally.Add(volume, new int[volume.Rank]);
        return Of(tally, volume.Rank);
    }

    /// <summary>The cells of frames that follow each other.</summary>
    public static CellList Behind(IReadOnlyList<CellList> frames)
    {
        var merged = new SortedDictionary<int, (int[] Lower, int[] Upper, long[] Counts)>();
        for (int frame = 0; frame < frames.Count; frame++)
        {
            foreach (LabelledCell cell in frames[frame])
            {
                if (!merged.TryGetValue(cell.Label, out var whole)) whole = ([frame, .. cell.Box.Lower], [frame, .. cell.Box.Upper], new long[frames.Count]);
                for (int axis = 0; axis < cell.Box.Rank; axis++)
                {
                    whole.Lower[axis + 1] = Math.Min(whole.Lower[axis + 1], cell.Box.Lower[axis]);
                    whole.Upper[axis + 1] = Math.Max(whole.Upper[axis + 1], cell.Box.Upper[axis]);
                }

                (whole.Upper[0], whole.Counts[frame]) = (frame + 1, cell.VoxelCount);
                merged[cell.Label] = whole;
            }
        }

        return new CellList(
            frames[0].rank + 1, [.. merged.Keys], [.. merged.Values.SelectMany(cell => (int[])[.. cell.Lower, .. cell.Upper])],
            [.. merged.Values.SelectMany(cell => cell.Counts[cell.Lower[0]..cell.Upper[0]])]);
    }

    /// <summary>Without one label; this where it does not occur.</summary>
    public CellList Without(int label)
    {
        int at = Array.BinarySearch(labels, label);
        if (at < 0) return this;
        return new CellList(
            rank, [.. labels[..at], .. labels[(at + 1)..]], [.. boxes[..(2 * rank * at)], .. boxes[(2 * rank * (at + 1))..]], [.. counts[..starts[at]], .. counts[starts[at + 1]..]]);
    }

    /// <summary>Number of a cell's voxels in the frames [from, to); images without time have one frame.</summary>
    public long VoxelsOf(int label, int from, int to)
    {
        int cell = Array.BinarySearch(labels, label);
        if (cell < 0) return 0;
        int first = SpatialAxes.First(rank) > 0 ? boxes[2 * rank * cell] : 0;
        long sum = 0;
        for (int frame = Math.Max(from, first); frame < Math.Min(to, first + FramesOf(cell)); frame++) sum += counts[starts[cell] + frame - first];
        return sum;
    }

    /// <inheritdoc/>
    public IEnumerator<LabelledCell> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Number of voxels of the cell at a place in this list.</summary>
    public long VoxelsOf(int index)
    {
        long sum = 0;
        for (int entry = starts[index]; entry < starts[index + 1]; entry++) sum += counts[entry];
        return sum;
    }

    private int FramesOf(int cell) => SpatialAxes.First(rank) > 0 ? boxes[(2 * rank * cell) + rank] - boxes[2 * rank * cell] : 1;
}
