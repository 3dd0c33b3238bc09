namespace Morula.Volumes;

/// <summary>Separable Gaussian blur; the border voxel repeats outside.</summary>
internal static class GaussianFilter
{
    private const int Stretch = 2048;

    /// <summary>Blurs by one deviation per axis, in voxels; 0 leaves an axis alone.</summary>
    public static Volume Apply(Volume image, ReadOnlySpan<double> deviations)
    {
        float[] voxels = image.Voxels;
        for (int axis = 0; axis < image.Rank; axis++)
        {
            if (deviations[axis] > 0.05 && image.Extent[axis] > 1) voxels = ApplyAxis(voxels, image.Extent, axis, Taps(deviations[axis]));
        }

        return new Volume(image.Extent, image.Spacing, voxels);
    }

    /// <summary>Blurs the axes of space by one deviation in micrometres; time is left alone.</summary>
    public static Volume ApplyInSpace(Volume image, double micrometres)
    {
        var deviations = new double[image.Rank];
        for (int axis = SpatialAxes.First(image.Rank); axis < image.Rank; axis++) deviations[axis] = micrometres / image.Spacing[axis];
        return Apply(image, deviations);
    }

    /// <summary>Half of the kernel: the middle tap, then one side; the whole sums to 1.</summary>
    private static float[] Taps(double deviation)
    {
        var taps = new double[(int)Math.Ceiling(3 * deviation) + 1];
        for (int tap = 0; tap < taps.Length; tap++) taps[tap] = Math.Exp(-0.5 * tap * tap / (deviation * deviation));
        double sum = (2 * taps.Sum()) - taps[0];
        return [.. taps.Select(tap => (float)(tap / sum))];
    }

    private static float[] ApplyAxis(float[] source, Extent extent, int axis, float[] taps)
    {
        var target = new float[source.Length];
        int size = extent[axis];
        int inner = (int)extent.Strides()[axis];
        if (inner == 1)
        {
            Parallel.For(0, source.Length / size, row => BlurRow(source.AsSpan(row * size, size), target.AsSpan(row * size, size), taps));
            return target;
        }

        Parallel.For(0, source.Length / inner, line =>
        {
            int first = line / size * size;
            for (int start = 0; start < inner; start += Stretch)
            {
                int length = Math.Min(Stretch, inner - start);
                Span<float> sums = target.AsSpan((line * inner) + start, length);
                for (int tap = 1 - taps.Length; tap < taps.Length; tap++)
                {
                    int other = first + Math.Clamp(line - first + tap, 0, size - 1);
                    Add(source.AsSpan((other * inner) + start, length), sums, taps[Math.Abs(tap)]);
                }
            }
        });
        return target;
    }

    private static void Add(ReadOnlySpan<float> source, Span<float> sums, float weight)
    {
        int width = System.Numerics.Vector<float>.Count;
        int index = 0;
        for (; index <= sums.Length - width; index += width)
        {
            var sum = new System.Numerics.Vector<float>(sums[index..]) + (weight * new System.Numerics.Vector<float>(source[index..]));
            sum.CopyTo(sums[index..]);
        }

        for (; index < sums.Length; index++) sums[index] += weight * source[index];
    }

    private static void BlurRow(ReadOnlySpan<float> source, Span<float> target, float[] taps)
    {
        int reach = taps.Length - 1;
        var padded = new float[source.Length + (2 * reach)];
        source.CopyTo(padded.AsSpan(reach));
        padded.AsSpan(0, reach).Fill(source[0]);
        padded.AsSpan(reach + source.Length).Fill(source[^1]);
        for (int tap = -reach; tap <= reach; tap++) Add(padded.AsSpan(reach + tap, source.Length), target, taps[Math.Abs(tap)]);
    }
}
