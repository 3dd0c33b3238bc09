using Morula.Formats;
using Morula.Volumes;

namespace Morula.Tracking;

/// <summary>All that linking needs to know of a movie: its cells, how they drift together, and which overlap from frame to frame.</summary>
public sealed class MovieCells
{
    private readonly IReadOnlyList<Dictionary<(int From, int To), long>[]> overlaps;

    private MovieCells(Spacing spacing, int axes, IReadOnlyList<FrameCells> frames, IReadOnlyList<Dictionary<(int From, int To), long>[]> overlaps)
    {
        Spacing = spacing;
        Axes = axes;
        Frames = frames;
        this.overlaps = overlaps;
    }

    /// <summary>Step between voxels, µm, Z Y X.</summary>
    public Spacing Spacing { get; }

    /// <summary>Number of axes along which the frames have more than one voxel: 3 for volumes, 2 for planes.</summary>
    public int Axes { get; }

    /// <summary>The frames in their order.</summary>
    public IReadOnlyList<FrameCells> Frames { get; }

    /// <summary>Reads a movie of labels frame by frame; as many frames as a gap spans, and the one behind it, are held in memory.</summary>
    /// <param name="labels">Label volumes; labels need not agree from frame to frame.</param>
    /// <param name="options">How far cells may drift together, and how many frames a gap may have.</param>
    /// <param name="progress">Told how many frames have been read.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="VolumeFormatException">A frame cannot be read, holds no labels, or has another size than the others.</exception>
    public static MovieCells Look(FrameSequence labels, LinkOptions options, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        labels.RequireOneSize();
        return Look(Frames(), labels.Numbers, options);

        IEnumerable<LabelVolume> Frames()
        {
            for (int index = 0; index < labels.Count; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return labels.ReadLabels(index);
                progress?.Report(index + 1);
            }
        }
    }

    /// <summary>As above, from frames in memory or made on the way.</summary>
    /// <param name="frames">Label volumes of one size, at least one.</param>
    /// <param name="numbers">The number of each.</param>
    /// <param name="options">How far cells may drift together, and how many frames a gap may have.</param>
    public static MovieCells Look(IEnumerable<LabelVolume> frames, IReadOnlyList<int> numbers, LinkOptions options)
    {
        var seen = new List<FrameCells>();
        var overlaps = new List<Dictionary<(int, int), long>[]>();
        var past = new List<LabelVolume>();
        int axes = 0;
        foreach (LabelVolume frame in frames)
        {
            axes = CellMeter.Axes(frame.Extent);
            IReadOnlyList<SeenCell> cells = CellMeter.Measure(frame);
            double[] drift = seen.Count == 0 ? new double[frame.Rank] : DriftEstimate.Between(seen[^1].Cells, cells, options.MostDrift);
            seen.Add(new FrameCells(numbers[seen.Count], cells, drift));
            overlaps.Add(Overlaps(past, frame, seen));
            past.Add(frame);
            if (past.Count > options.MostGap + 1) past.RemoveAt(0);
        }

        return new MovieCells(past[^1].Spacing, axes, seen, overlaps);
    }

    /// <summary>By how much all cells together move from one frame to a later one, µm per axis.</summary>
    /// <param name="from">Index of the earlier frame.</param>
    /// <param name="to">Index of the later frame.</param>
    public double[] Drift(int from, int to) => Sum(Frames, from, to);

    /// <summary>Number of voxels that a cell shares with one of a later frame once the drift is undone.</summary>
    /// <param name="from">Index of the earlier frame.</param>
    /// <param name="to">Index of the later frame, at most a gap behind it.</param>
    /// <param name="cells">Places of the two cells in the lists of their frames.</param>
    internal long Overlap(int from, int to, (int From, int To) cells) => overlaps[to][to - from - 1].GetValueOrDefault(cells);

    // One dictionary per earlier frame still in memory, the nearest first.
    private static Dictionary<(int, int), long>[] Overlaps(List<LabelVolume> past, LabelVolume frame, List<FrameCells> seen)
    {
        int to = seen.Count - 1;
        var found = new Dictionary<(int, int), long>[past.Count];
        for (int back = 0; back < past.Count; back++)
        {
            int from = to - back - 1;
            double[] drift = Sum(seen, from, to);
            int[] shift = [.. drift.Select((micrometres, axis) => (int)Math.Round(micrometres / frame.Spacing[axis]))];
            found[back] = OverlapCount.Count(past[^(back + 1)], seen[from].Cells, frame, seen[to].Cells, shift);
        }

        return found;
    }

    private static double[] Sum(IReadOnlyList<FrameCells> frames, int from, int to)
    {
        var sum = new double[frames[to].Drift.Length];
        for (int index = from + 1; index <= to; index++)
        {
            for (int axis = 0; axis < sum.Length; axis++) sum[axis] += frames[index].Drift[axis];
        }

        return sum;
    }
}
