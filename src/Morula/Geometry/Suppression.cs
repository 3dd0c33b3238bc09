namespace Morula.Geometry;

/// <summary>
/// Greedy non-maximum suppression on the host: the best box is kept, whatever overlaps it too much is dropped, and so on.
/// </summary>
public static class Suppression
{
    /// <summary>Indices of the boxes kept, by descending score; equal scores by ascending index.</summary>
    /// <param name="boxes">N x 2D numbers.</param>
    /// <param name="scores">N scores.</param>
    /// <param name="rank">Number of axes, D.</param>
    /// <param name="threshold">A box is dropped when it overlaps a kept one by more than this, in [0, 1].</param>
    /// <param name="most">Largest number of boxes kept.</param>
    /// <exception cref="ArgumentException">The numbers of boxes and scores differ.</exception>
    public static int[] Keep(ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, int rank, double threshold, int most) =>
        Keep(boxes, scores, [], [], rank, threshold, [most]);

    /// <summary>The same, where only boxes of one class suppress each other; the order and the limit are over all classes.</summary>
    /// <param name="boxes">N x 2D numbers.</param>
    /// <param name="scores">N scores.</param>
    /// <param name="classes">N class indices, or none when all boxes are of one class.</param>
    /// <param name="rank">Number of axes, D.</param>
    /// <param name="threshold">A box is dropped when it overlaps a kept one by more than this, in [0, 1].</param>
    /// <param name="most">Largest number of boxes kept.</param>
    /// <exception cref="ArgumentException">The numbers of boxes, scores and classes differ.</exception>
    public static int[] KeepPerClass(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<int> classes, int rank, double threshold, int most) =>
        Keep(boxes, scores, classes, [], rank, threshold, [most]);

    /// <summary>The same for boxes of one class, where each part of an image has a limit of its own.</summary>
    /// <param name="boxes">N x 2D numbers.</param>
    /// <param name="scores">N scores.</param>
    /// <param name="parts">N parts, from 0.</param>
    /// <param name="rank">Number of axes, D.</param>
    /// <param name="threshold">A box is dropped when it overlaps a kept one, of whatever part, by more than this, in [0, 1].</param>
    /// <param name="most">Largest number of boxes kept, of each part.</param>
    /// <exception cref="ArgumentException">The numbers of boxes, scores and parts differ.</exception>
    public static int[] KeepPerPart(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<int> parts, int rank, double threshold, ReadOnlySpan<int> most)
    {
        if (parts.Length != scores.Length)
            throw new ArgumentException($"{parts.Length} parts for {scores.Length} boxes.", nameof(parts));
        return Keep(boxes, scores, [], parts, rank, threshold, most);
    }

    private static int[] Keep(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<int> classes, ReadOnlySpan<int> parts, int rank, double threshold, ReadOnlySpan<int> most)
    {
        if (boxes.Length != (long)scores.Length * 2 * rank)
            throw new ArgumentException($"{boxes.Length} numbers are not {scores.Length} boxes of rank {rank}.", nameof(boxes));
        if (!classes.IsEmpty && classes.Length != scores.Length)
            throw new ArgumentException($"{classes.Length} classes for {scores.Length} boxes.", nameof(classes));
        float limit = LargestFloatUpTo(threshold);
        var kept = new List<int>();
        var keptOfClass = new Dictionary<int, BoxColumns>();
        int[] room = most.ToArray();
        int open = room.Count(places => places > 0);
        foreach (int index in ByDescendingScore(scores))
        {
            if (open == 0) break;
            int part = parts.IsEmpty ? 0 : parts[index];
            if (room[part] <= 0) continue;
            int kind = classes.IsEmpty ? 0 : classes[index];
            if (!keptOfClass.TryGetValue(kind, out BoxColumns? rivals)) keptOfClass[kind] = rivals = new BoxColumns(rank, BoxColumns.Lanes);
            ReadOnlySpan<float> box = boxes.Slice(index * 2 * rank, 2 * rank);
            if (rivals.AnyAbove(box, limit)) continue;
            rivals.Add(box);
            kept.Add(index);
            if (--room[part] == 0) open--;
        }

        return [.. kept];
    }

    // Overlaps are float32 and the threshold is double: x > threshold exactly when x > the largest float not above it.
    private static float LargestFloatUpTo(double threshold)
    {
        var nearest = (float)threshold;
        return nearest > threshold ? MathF.BitDecrement(nearest) : nearest;
    }

    // One integer per box, score bits above the index, sorts fast and breaks ties by index. NaN sorts last.
    private static int[] ByDescendingScore(ReadOnlySpan<float> scores)
    {
        var keys = new ulong[scores.Length];
        for (int index = 0; index < keys.Length; index++)
        {
            float score = float.IsNaN(scores[index]) ? float.NegativeInfinity : scores[index] + 0f; // -0 becomes 0
            uint bits = BitConverter.SingleToUInt32Bits(score);
            uint ascending = (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
            keys[index] = ((ulong)~ascending << 32) | (uint)index;
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }
}
