namespace Morula.Geometry;

/// <summary>Selection of rows from a flat array on the host.</summary>
internal static class Rows
{
    /// <summary>The rows of <paramref name="width"/> numbers at the given indices, in their order.</summary>
    public static T[] Take<T>(ReadOnlySpan<T> values, int width, ReadOnlySpan<int> indices)
    {
        var taken = new T[indices.Length * width];
        for (int row = 0; row < indices.Length; row++)
            values.Slice(indices[row] * width, width).CopyTo(taken.AsSpan(row * width));
        return taken;
    }
}
