namespace Morula.Volumes;

/// <summary>Separable resampling with a triangle filter: linear interpolation when enlarging, area-weighted when reducing.</summary>
internal static class LinearResampling
{
    public static float[] Apply(float[] voxels, Extent from, Extent to)
    {
        var sizes = from.Sizes.ToArray();
        float[] current = voxels;
        for (int axis = 0; axis < from.Rank; axis++)
        {
            if (sizes[axis] == to[axis]) continue;
            current = ApplyAxis(current, sizes, axis, to[axis]);
            sizes[axis] = to[axis];
        }

        return current;
    }

    private static float[] ApplyAxis(float[] source, int[] sizes, int axis, int target)
    {
        int size = sizes[axis];
        int outer = sizes[..axis].Aggregate(1, (product, next) => product * next);
        int inner = sizes[(axis + 1)..].Aggregate(1, (product, next) => product * next);
        var (starts, weights) = Taps(size, target);
        var result = new float[(long)outer * target * inner];
        Parallel.For(0, outer * target, row =>
        {
            int block = row / target;
            int index = row % target;
            Span<float> line = result.AsSpan(row * inner, inner);
            for (int tap = 0; tap < weights[index].Length; tap++)
            {
                float weight = weights[index][tap];
                ReadOnlySpan<float> input = source.AsSpan(((block * size) + starts[index] + tap) * inner, inner);
                for (int position = 0; position < line.Length; position++) line[position] += weight * input[position];
            }
        });
        return result;
    }

    private static (int[] Starts, float[][] Weights) Taps(int size, int target)
    {
        double step = (double)size / target;
        double reach = Math.Max(1, step);
        var starts = new int[target];
        var weights = new float[target][];
        for (int index = 0; index < target; index++)
        {
            double centre = ((index + 0.5) * step) - 0.5;
            int first = Math.Clamp((int)Math.Ceiling(centre - reach), 0, size - 1);
            int last = Math.Clamp((int)Math.Floor(centre + reach), first, size - 1);
            var taps = new double[last - first + 1];
            for (int tap = 0; tap < taps.Length; tap++) taps[tap] = Math.Max(0, 1 - (Math.Abs(first + tap - centre) / reach));
            double sum = taps.Sum();
            if (sum <= 0) taps[0] = sum = 1;
            starts[index] = first;
            weights[index] = [.. taps.Select(tap => (float)(tap / sum))];
        }

        return (starts, weights);
    }
}
