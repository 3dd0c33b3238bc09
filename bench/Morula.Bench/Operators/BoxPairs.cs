namespace Morula.Bench.Operators;

/// <summary>Counts pairs of boxes of rank 3, to know how many overlaps must be computed.</summary>
internal static class BoxPairs
{
    /// <summary>Operations of one overlap: per axis two bounds, a size, its bound and a product; the union and the quotient.</summary>
    public const int OperationsPerOverlap = (3 * 5) + 3;

    /// <summary>Number of pairs that share a volume.</summary>
    public static long Touching(float[] left, float[] right)
    {
        long pairs = 0;
        for (int first = 0; first < left.Length; first += 6)
            for (int second = 0; second < right.Length; second += 6)
                if (Touch(left.AsSpan(first, 6), right.AsSpan(second, 6))) pairs++;
        return pairs;
    }

    private static bool Touch(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        for (int axis = 0; axis < 3; axis++)
            if (left[axis] >= right[3 + axis] || right[axis] >= left[3 + axis]) return false;
        return true;
    }
}
