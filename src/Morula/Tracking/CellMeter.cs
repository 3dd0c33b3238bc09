using Morula.Volumes;

namespace Morula.Tracking;

/// <summary>Measures the cells of a frame in one pass over its voxels.</summary>
internal static class CellMeter
{
    /// <summary>Number of axes with more than one voxel, at least 1.</summary>
    public static int Axes(Extent extent) => Math.Max(1, extent.Sizes.ToArray().Count(size => size > 1));

    /// <summary>The cells in order of their centres.</summary>
    public static IReadOnlyList<SeenCell> Measure(LabelVolume labels)
    {
        var sums = new Dictionary<int, Sum>();
        int row = labels.Extent[labels.Rank - 1];
        var position = new int[labels.Rank];
        for (long start = 0; start < labels.Voxels.LongLength; start += row)
        {
            ReadOnlySpan<int> voxels = labels.Voxels.AsSpan((int)start, row);
            for (int column = 0; column < row;)
            {
                int label = voxels[column];
                int end = column + 1;
                while (end < row && voxels[end] == label) end++;
                if (label != 0)
                {
                    if (!sums.TryGetValue(label, out Sum? sum)) sums[label] = sum = new Sum(labels.Rank);
                    sum.Add(position, column, end, labels.Extent);
                }

                column = end;
            }

            for (int axis = labels.Rank - 2; axis >= 0 && ++position[axis] == labels.Extent[axis]; axis--) position[axis] = 0;
        }

        int axes = Axes(labels.Extent);
        double step = VoxelContent(labels);
        SeenCell[] cells = [.. sums.Select(cell => cell.Value.Cell(cell.Key, labels.Spacing, step, axes))];
        Array.Sort(cells, ByCentre);
        return cells;
    }

    // Planes are measured by their area: the thickness of a single slice says nothing about its cells.
    private static double VoxelContent(LabelVolume labels)
    {
        double content = 1;
        for (int axis = 0; axis < labels.Rank; axis++) content *= labels.Extent[axis] > 1 ? labels.Spacing[axis] : 1;
        return content;
    }

    private static int ByCentre(SeenCell one, SeenCell other)
    {
        for (int axis = 0; axis < one.Centre.Length; axis++)
        {
            int order = one.Centre[axis].CompareTo(other.Centre[axis]);
            if (order != 0) return order;
        }

        return one.VoxelCount != other.VoxelCount ? one.VoxelCount.CompareTo(other.VoxelCount) : one.Label.CompareTo(other.Label);
    }

    private sealed class Sum(int rank)
    {
        private readonly long[] twice = new long[rank];
        private long count;
        private bool atBorder;

        public void Add(int[] position, int from, int to, Extent extent)
        {
            long length = to - from;
            count += length;
            for (int axis = 0; axis < rank - 1; axis++)
            {
                twice[axis] += 2 * length * position[axis];
                atBorder |= extent[axis] > 1 && (position[axis] == 0 || position[axis] == extent[axis] - 1);
            }

            twice[^1] += length * (from + to - 1);
            atBorder |= from == 0 || to == extent[rank - 1];
        }

        public SeenCell Cell(int label, Spacing spacing, double voxelContent, int axes)
        {
            double volume = count * voxelContent;
            double[] centre = [.. twice.Select((sum, axis) => 0.5 * sum / count * spacing[axis])];
            return new SeenCell(label, count, volume, Ball.Radius(volume, axes), centre, atBorder);
        }
    }
}
