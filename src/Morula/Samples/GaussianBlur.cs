using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Blurs an image in space, axis by axis, or sharpens it by the difference to its blurred self.</summary>
internal static class GaussianBlur
{
    private const double LeastSigma = 0.05;

    /// <summary>Blurs or sharpens in place; <paramref name="sigma"/> in voxels of the finest axis in space.</summary>
    public static void Vary(Volume image, double sigma, bool sharpen)
    {
        int first = image.Rank - SpaceAndTime.SpaceRank(image.Rank);
        double finest = image.Spacing.Steps[first..].ToArray().Min();
        float[] blurred = image.Voxels;
        for (int axis = first; axis < image.Rank; axis++)
        {
            double voxels = sigma * finest / image.Spacing[axis];
            if (voxels >= LeastSigma && image.Extent[axis] > 1) blurred = Along(blurred, image.Extent, axis, Kernel(voxels));
        }

        if (ReferenceEquals(blurred, image.Voxels)) return;
        Span<float> target = image.Voxels;
        if (!sharpen) blurred.CopyTo(target);
        else for (int index = 0; index < target.Length; index++) target[index] += 0.5f * (target[index] - blurred[index]);
    }

    private static float[] Kernel(double sigma)
    {
        int radius = (int)Math.Ceiling(2.5 * sigma);
        double[] weights = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(place => Math.Exp(-0.5 * place * place / (sigma * sigma)))];
        return [.. weights.Select(weight => (float)(weight / weights.Sum()))];
    }

    // The outermost voxel goes on beyond the border.
    private static float[] Along(float[] source, Extent extent, int axis, float[] kernel)
    {
        int inner = (int)extent.Strides()[axis];
        int size = extent[axis];
        int radius = kernel.Length / 2;
        var target = new float[source.Length];
        for (int start = 0; start < source.Length; start += size * inner)
        {
            for (int index = 0; index < size; index++)
            {
                Span<float> line = target.AsSpan(start + (index * inner), inner);
                for (int tap = 0; tap < kernel.Length; tap++)
                {
                    int place = Math.Clamp(index + tap - radius, 0, size - 1);
                    ReadOnlySpan<float> from = source.AsSpan(start + (place * inner), inner);
                    float weight = kernel[tap];
                    for (int position = 0; position < inner; position++) line[position] += weight * from[position];
                }
            }
        }

        return target;
    }
}
