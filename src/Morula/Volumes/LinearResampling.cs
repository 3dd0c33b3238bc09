namespace Morula.Volumes;

/// <summary>Separable resampling with a triangle filter: linear interpolation when enlarging, area-weighted when reducing.</summary>
internal static class LinearResampling
{
    /// <summary>Resamples a whole grid.</summary>
    public static float[] Apply(float[] voxels, Extent from, Extent to) => Apply(voxels, from, to, to.Whole);

    /// <summary>The block of the source, of <paramref name="from"/> voxels in all, that a block of the target is made of.</summary>
    public static Block SourceOf(Extent from, Extent to, Block target)
    {
        var (lower, upper) = (new int[from.Rank], new int[from.Rank]);
        for (int axis = 0; axis < from.Rank; axis++)
        {
            AxisTaps taps = TapsOf(from[axis], to[axis], target.Lower[axis], target.Upper[axis]);
            (lower[axis], upper[axis]) = (taps.Starts[0], taps.Starts[^1] + taps.Weights[^1].Length);
        }

        return new Block(lower, upper);
    }

    /// <summary>A block of what <see cref="Apply(float[], Extent, Extent)"/> gives, from the voxels of <see cref="SourceOf"/> alone.</summary>
    /// <param name="voxels">Of the block of the source.</param>
    /// <param name="from">Sizes of the whole source.</param>
    /// <param name="to">Sizes of the whole target.</param>
    /// <param name="target">Within the target.</param>
    public static float[] Apply(float[] voxels, Extent from, Extent to, Block target)
    {
        int[] sizes = SourceOf(from, to, target).Extent.Sizes.ToArray();
        float[] current = voxels;
        for (int axis = 0; axis < from.Rank; axis++)
        {
            if (from[axis] == to[axis]) continue;
            AxisTaps taps = TapsOf(from[axis], to[axis], target.Lower[axis], target.Upper[axis]);
            current = ApplyAxis(current, sizes, axis, taps);
            sizes[axis] = taps.Starts.Length;
        }

        return current;
    }

    private static float[] ApplyAxis(float[] source, int[] sizes, int axis, AxisTaps taps)
    {
        int size = sizes[axis];
        int target = taps.Starts.Length;
        int outer = sizes[..axis].Aggregate(1, (product, next) => product * next);
        int inner = sizes[(axis + 1)..].Aggregate(1, (product, next) => product * next);
        var result = new float[(long)outer * target * inner];
        Parallel.For(0, outer * target, row =>
        {
            int block = row / target;
            int index = row % target;
            Span<float> line = result.AsSpan(row * inner, inner);
            int first = taps.Starts[index] - taps.Starts[0];
            for (int tap = 0; tap < taps.Weights[index].Length; tap++)
            {
                float weight = taps.Weights[index][tap];
                ReadOnlySpan<float> input = source.AsSpan(((block * size) + first + tap) * inner, inner);
                for (int position = 0; position < line.Length; position++) line[position] += weight * input[position];
            }
        });
        return result;
    }

    private static AxisTaps TapsOf(int size, int target, int lower, int upper)
    {
        var starts = new int[upper - lower];
        var weights = new float[upper - lower][];
        if (size == target)
        {
            for (int index = 0; index < starts.Length; index++) (starts[index], weights[index]) = (lower + index, [1]);
            return new AxisTaps(starts, weights);
        }

        double step = (double)size / target;
        double reach = Math.Max(1, step);
        for (int index = 0; index < starts.Length; index++)
        {
            double centre = ((lower + index + 0.5) * step) - 0.5;
            int first = Math.Clamp((int)Math.Ceiling(centre - reach), 0, size - 1);
            int last = Math.Clamp((int)Math.Floor(centre + reach), first, size - 1);
            var taps = new double[last - first + 1];
            for (int tap = 0; tap < taps.Length; tap++) taps[tap] = Math.Max(0, 1 - (Math.Abs(first + tap - centre) / reach));
            double sum = taps.Sum();
            if (sum <= 0) taps[0] = sum = 1;
            starts[index] = first;
            weights[index] = [.. taps.Select(tap => (float)(tap / sum))];
        }

        return new AxisTaps(starts, weights);
    }

    /// <summary>Per voxel of the target: the first voxel of the source, and the weights of those from there on.</summary>
    private readonly record struct AxisTaps(int[] Starts, float[][] Weights);
}
