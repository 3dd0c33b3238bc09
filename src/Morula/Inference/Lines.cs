using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Runs a one-dimensional filter along an axis of a volume, all lines in parallel.</summary>
internal static class Lines
{
    // Lines along a slow axis are gathered side by side, so that memory is read in stretches.
    private const int Stretch = 64;

    /// <summary>Filters one line: reads the first, writes the second.</summary>
    public delegate void Filter(ReadOnlySpan<float> line, Span<float> result);

    /// <summary>Replaces every line along an axis by what the filter makes of it. One filter is made per thread.</summary>
    public static void Apply(float[] voxels, Extent extent, int axis, Func<Filter> makeFilter)
    {
        int length = extent[axis];
        int inner = (int)extent.Strides()[axis];
        if (voxels.Length == 0) return;
        int stretches = (inner + Stretch - 1) / Stretch;
        int outer = voxels.Length / (length * inner);
        Parallel.For(0, outer * stretches, () => (Filter: makeFilter(), Room: new float[(Stretch + 1) * length]), (task, _, state) =>
        {
            int first = task % stretches * Stretch;
            int count = Math.Min(Stretch, inner - first);
            int start = (task / stretches * length * inner) + first;
            Gather(voxels.AsSpan(start), state.Room, count, length, inner);
            Span<float> result = state.Room.AsSpan(Stretch * length, length);
            for (int line = 0; line < count; line++)
            {
                Span<float> current = state.Room.AsSpan(line * length, length);
                state.Filter(current, result);
                result.CopyTo(current);
            }

            Scatter(state.Room, voxels.AsSpan(start), count, length, inner);
            return state;
        }, _ => { });
    }

    private static void Gather(ReadOnlySpan<float> voxels, Span<float> room, int count, int length, int inner)
    {
        for (int index = 0; index < length; index++)
        {
            ReadOnlySpan<float> across = voxels.Slice(index * inner, count);
            for (int line = 0; line < count; line++) room[(line * length) + index] = across[line];
        }
    }

    private static void Scatter(ReadOnlySpan<float> room, Span<float> voxels, int count, int length, int inner)
    {
        for (int index = 0; index < length; index++)
        {
            Span<float> across = voxels.Slice(index * inner, count);
            for (int line = 0; line < count; line++) across[line] = room[(line * length) + index];
        }
    }
}
