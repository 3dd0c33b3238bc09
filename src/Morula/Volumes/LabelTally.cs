namespace Morula.Volumes;

/// <summary>The cells of a label volume that is gone through part by part; for one thread.</summary>
internal sealed class LabelTally
{
    private readonly int rank;
    private readonly Dictionary<int, Entry> cells = [];

    /// <summary>Begins without a cell.</summary>
    public LabelTally(int rank) => this.rank = rank;

    /// <summary>Adds a part; every voxel of the whole is to come once.</summary>
    /// <param name="labels">The part.</param>
    /// <param name="corner">Place of its first voxel in the whole.</param>
    public void Add(LabelVolume labels, ReadOnlySpan<int> corner)
    {
        int[] position = corner.ToArray();
        int[] lower = corner.ToArray();
        int row = labels.Extent[rank - 1];
        for (long start = 0; start < labels.Voxels.LongLength; start += row)
        {
            for (int column = 0; column < row;)
            {
                int label = labels.Voxels[start + column];
                int end = column + 1;
                while (end < row && labels.Voxels[start + end] == label) end++;
                if (label != 0) Include(label, position, lower[^1] + column, lower[^1] + end);
                column = end;
            }

            for (int axis = rank - 2; axis >= 0 && ++position[axis] == lower[axis] + labels.Extent[axis]; axis--) position[axis] = lower[axis];
        }
    }

    /// <summary>The cells so far, by ascending label.</summary>
    public IReadOnlyList<LabelledCell> Cells() =>
        [.. cells.OrderBy(cell => cell.Key).Select(cell => new LabelledCell(cell.Key, new Block(cell.Value.Lower, cell.Value.Upper), cell.Value.Count))];

    /// <summary>Number of voxels of a cell in each step along the slowest axis, from that of its first to that of its last.</summary>
    public IReadOnlyList<long> CountsAlong(int label)
    {
        Entry cell = cells[label];
        return [.. Enumerable.Range(cell.Lower[0], cell.Upper[0] - cell.Lower[0]).Select(step => cell.Steps.GetValueOrDefault(step))];
    }

    private void Include(int label, int[] position, int from, int to)
    {
        if (!cells.TryGetValue(label, out Entry? cell)) cells[label] = cell = new Entry(rank);
        for (int axis = 0; axis < rank - 1; axis++)
        {
            cell.Lower[axis] = Math.Min(cell.Lower[axis], position[axis]);
            cell.Upper[axis] = Math.Max(cell.Upper[axis], position[axis] + 1);
        }

        cell.Lower[^1] = Math.Min(cell.Lower[^1], from);
        cell.Upper[^1] = Math.Max(cell.Upper[^1], to);
        cell.Count += to - from;
        if (rank > SpatialAxes.Count(rank)) cell.Steps[position[0]] = cell.Steps.GetValueOrDefault(position[0]) + to - from;
    }

    private sealed class Entry
    {
        public Entry(int rank)
        {
            (Lower, Upper) = (new int[rank], new int[rank]);
            Array.Fill(Lower, int.MaxValue);
        }

        public int[] Lower { get; }

        public int[] Upper { get; }

        public Dictionary<int, long> Steps { get; } = [];

        public long Count { get; set; }
    }
}
