namespace Morula.Formats;

/// <summary>The labels of one frame, as a set and exchanged for others.</summary>
internal static class FrameLabels
{
    /// <summary>The labels that occur, ascending, without 0.</summary>
    public static SortedSet<int> Of(ReadOnlySpan<int> voxels)
    {
        var labels = new HashSet<int>();
        int last = 0;
        foreach (int label in voxels)
        {
            if (label == last) continue;
            last = label;
            labels.Add(label);
        }

        labels.Remove(0);
        return [.. labels];
    }

    /// <summary>Puts another label in the place of each; both spans may be the same.</summary>
    public static void Replace(ReadOnlySpan<int> from, Span<int> to, Func<int, int> other)
    {
        int last = 0;
        int replaced = other(0);
        for (int index = 0; index < from.Length; index++)
        {
            if (from[index] != last)
            {
                last = from[index];
                replaced = other(last);
            }

            to[index] = replaced;
        }
    }
}
