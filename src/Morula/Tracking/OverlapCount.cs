using Morula.Volumes;

namespace Morula.Tracking;

/// <summary>Counts the voxels that cells of two frames share.</summary>
internal static class OverlapCount
{
    /// <summary>Shared voxels by the places of the two cells in the lists of their frames; pairs that share none are left out.</summary>
    /// <param name="before">The earlier frame.</param>
    /// <param name="cellsBefore">Its cells.</param>
    /// <param name="after">The later frame, of the same extent.</param>
    /// <param name="cellsAfter">Its cells.</param>
    /// <param name="shift">By how many voxels per axis what is seen in the earlier frame lies farther in the later one.</param>
    public static Dictionary<(int From, int To), long> Count(
        LabelVolume before, IReadOnlyList<SeenCell> cellsBefore, LabelVolume after, IReadOnlyList<SeenCell> cellsAfter, int[] shift)
    {
        int[] back = [.. shift.Select(step => -step)];
        Block shared = before.Extent.Whole.Intersect(before.Extent.Whole.Shift(back));
        var counts = new Dictionary<(int, int), long>();
        if (shared.IsEmpty) return counts;
        long[] strides = before.Extent.Strides();
        long ahead = 0;
        for (int axis = 0; axis < shift.Length; axis++) ahead += shift[axis] * strides[axis];
        int[] position = shared.Lower.ToArray();
        int width = shared.Extent[shared.Rank - 1];
        for (long left = shared.Extent.Count; left > 0; left -= width)
        {
            long start = 0;
            for (int axis = 0; axis < position.Length; axis++) start += position[axis] * strides[axis];
            CountRow(before.Voxels.AsSpan((int)start, width), after.Voxels.AsSpan((int)(start + ahead), width), counts);
            for (int axis = position.Length - 2; axis >= 0 && ++position[axis] == shared.Upper[axis]; axis--) position[axis] = shared.Lower[axis];
        }

        Dictionary<int, int> from = Places(cellsBefore);
        Dictionary<int, int> to = Places(cellsAfter);
        return counts.ToDictionary(pair => (from[pair.Key.Item1], to[pair.Key.Item2]), pair => pair.Value);
    }

    private static void CountRow(ReadOnlySpan<int> before, ReadOnlySpan<int> after, Dictionary<(int, int), long> counts)
    {
        for (int column = 0; column < before.Length;)
        {
            var (one, other) = (before[column], after[column]);
            int end = column + 1;
            while (end < before.Length && before[end] == one && after[end] == other) end++;
            if (one != 0 && other != 0) counts[(one, other)] = counts.GetValueOrDefault((one, other)) + end - column;
            column = end;
        }
    }

    private static Dictionary<int, int> Places(IReadOnlyList<SeenCell> cells) =>
        Enumerable.Range(0, cells.Count).ToDictionary(place => cells[place].Label);
}
