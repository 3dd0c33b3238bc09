using Morula.Volumes;

namespace Morula.Evaluation;

/// <summary>Lets cells grow into the background around them.</summary>
internal static class LabelGrowth
{
    /// <summary>
    /// Every cell grows by a number of voxels, one face at a time, never into another cell; where two arrive together the smaller
    /// label stays. Cells do not grow along time.
    /// </summary>
    public static int[] Grow(LabelVolume labels, int steps)
    {
        var rows = new RowWalk(labels.Extent);
        int[] current = labels.Voxels;
        for (int step = 0; step < steps; step++)
        {
            int[] source = current;
            var target = new int[source.Length];
            Parallel.For(0, rows.Count, row => GrowRow(rows, row, source, target));
            current = target;
        }

        return current;
    }

    private static void GrowRow(RowWalk rows, int row, int[] source, int[] target)
    {
        int start = row * rows.Length;
        ReadOnlySpan<int> own = source.AsSpan(start, rows.Length);
        Span<int> grown = target.AsSpan(start, rows.Length);
        own.CopyTo(grown);
        foreach (int neighbour in rows.Neighbours(row, backwards: true))
        {
            ReadOnlySpan<int> other = source.AsSpan(neighbour, rows.Length);
            for (int column = 0; column < own.Length; column++)
            {
                if (own[column] == 0 && other[column] != 0) grown[column] = Smaller(grown[column], other[column]);
            }
        }

        for (int column = 0; column < own.Length; column++)
        {
            if (own[column] != 0) continue;
            if (column > 0) grown[column] = Smaller(grown[column], own[column - 1]);
            if (column + 1 < own.Length) grown[column] = Smaller(grown[column], own[column + 1]);
        }
    }

    private static int Smaller(int label, int other)
    {
        if (label == 0) return other;
        return other == 0 ? label : Math.Min(label, other);
    }
}
