using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Separable Gaussian smoothing in micrometres; the border value continues outside, time is left alone.</summary>
internal static class GaussianSmoothing
{
    /// <summary>Half width of the kernel in standard deviations.</summary>
    private const double Reach = 3;

    public static float[] Apply(Volume image, double micrometres)
    {
        float[] voxels = [.. image.Voxels];
        for (int axis = SpatialAxes.First(image.Rank); axis < image.Rank; axis++)
        {
            float[] kernel = Kernel(micrometres / image.Spacing[axis]);
            if (kernel.Length > 1) Lines.Apply(voxels, image.Extent, axis, () => (line, result) => Convolve(line, kernel, result));
        }

        return voxels;
    }

    /// <summary>Middle weight first; the other side is its mirror image.</summary>
    private static float[] Kernel(double deviation)
    {
        int half = (int)Math.Ceiling(Reach * deviation);
        var weights = new double[half + 1];
        for (int tap = 0; tap <= half; tap++) weights[tap] = tap == 0 ? 1 : Math.Exp(-0.5 * tap * tap / (deviation * deviation));
        double sum = (2 * weights.Sum()) - 1;
        return [.. weights.Select(weight => (float)(weight / sum))];
    }

    private static void Convolve(ReadOnlySpan<float> line, float[] kernel, Span<float> result)
    {
        int last = line.Length - 1;
        for (int index = 0; index < line.Length; index++)
        {
            float sum = kernel[0] * line[index];
            for (int tap = 1; tap < kernel.Length; tap++)
                sum += kernel[tap] * (line[Math.Max(0, index - tap)] + line[Math.Min(last, index + tap)]);
            result[index] = sum;
        }
    }
}
