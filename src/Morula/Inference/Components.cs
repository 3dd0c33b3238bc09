using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Connected parts of labels; voxels connect through faces (2D neighbours at rank D).</summary>
internal static class Components
{
    /// <summary>
    /// Negates the label of every voxel outside the largest part of its label (the earlier one in memory order among equals).
    /// </summary>
    public static void KeepLargest(int[] labels, Extent extent)
    {
        int row = extent.Rank == 0 ? 0 : extent[extent.Rank - 1];
        if (row == 0 || labels.Length == 0) return;
        List<Run> runs = FindRuns(labels, row, out int[] firstOfRow);
        var parents = new int[runs.Count];
        for (int run = 0; run < parents.Length; run++) parents[run] = run;
        long[] strides = extent.Strides();
        for (int axis = 0; axis < extent.Rank - 1; axis++)
        {
            int step = (int)(strides[axis] / row);
            for (int line = step; line < firstOfRow.Length - 1; line++)
            {
                if (line / step % extent[axis] != 0) Join(runs, firstOfRow, line - step, line, parents);
            }
        }

        NegateSmaller(labels, runs, parents);
    }

    private static List<Run> FindRuns(int[] labels, int row, out int[] firstOfRow)
    {
        var runs = new List<Run>();
        firstOfRow = new int[(labels.Length / row) + 1];
        for (int line = 0; line < firstOfRow.Length - 1; line++)
        {
            firstOfRow[line] = runs.Count;
            ReadOnlySpan<int> voxels = labels.AsSpan(line * row, row);
            for (int column = 0; column < row;)
            {
                int end = column + 1;
                while (end < row && voxels[end] == voxels[column]) end++;
                if (voxels[column] > 0) runs.Add(new Run(voxels[column], column, end, (line * row) + column));
                column = end;
            }
        }

        firstOfRow[^1] = runs.Count;
        return runs;
    }

    private static void Join(List<Run> runs, int[] firstOfRow, int above, int line, int[] parents)
    {
        int first = firstOfRow[above];
        int second = firstOfRow[line];
        while (first < firstOfRow[above + 1] && second < firstOfRow[line + 1])
        {
            Run one = runs[first];
            Run other = runs[second];
            if (one.Label == other.Label && one.From < other.To && other.From < one.To) Unite(parents, first, second);
            if (one.To < other.To) first++;
            else second++;
        }
    }

    private static void Unite(int[] parents, int first, int second)
    {
        int one = Root(parents, first);
        int other = Root(parents, second);
        // The earlier run leads, so that the result does not depend on the order of joining.
        parents[Math.Max(one, other)] = Math.Min(one, other);
    }

    private static int Root(int[] parents, int run)
    {
        while (parents[run] != run) run = parents[run] = parents[parents[run]];
        return run;
    }

    private static void NegateSmaller(int[] labels, List<Run> runs, int[] parents)
    {
        var sizes = new long[runs.Count];
        for (int run = 0; run < parents.Length; run++) sizes[Root(parents, run)] += runs[run].To - runs[run].From;
        var largest = new Dictionary<int, int>();
        for (int run = 0; run < parents.Length; run++)
        {
            if (parents[run] != run) continue;
            if (!largest.TryGetValue(runs[run].Label, out int leader) || sizes[run] > sizes[leader]) largest[runs[run].Label] = run;
        }

        for (int run = 0; run < parents.Length; run++)
        {
            if (Root(parents, run) == largest[runs[run].Label]) continue;
            labels.AsSpan(runs[run].Start, runs[run].To - runs[run].From).Fill(-runs[run].Label);
        }
    }

    /// <summary>Neighbouring voxels of one row with one label.</summary>
    private readonly record struct Run(int Label, int From, int To, int Start);
}
