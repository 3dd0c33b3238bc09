using Morula.Options;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>What becomes -1 and what +1 when an image is normalised.</summary>
/// <param name="Low">Intensity of the low percentile.</param>
/// <param name="High">Intensity of the high percentile.</param>
internal readonly record struct IntensityScale(float Low, float High)
{
    private const float Least = -2;
    private const float Most = 3;

    /// <summary>Refuses percentiles that are not in order.</summary>
    public static void RequirePercentiles(SampleOptions options)
    {
        if (!(options.LowPercentile < options.HighPercentile))
            throw new OptionsException("Samples", $"LowPercentile {options.LowPercentile} must be below HighPercentile {options.HighPercentile}.");
    }

    /// <summary>A new image on the same grid: held to [-2, 3]; what is no number becomes -1.</summary>
    public Volume Apply(Volume image)
    {
        var voxels = new float[image.Voxels.Length];
        double scale = High > Low ? 2 / ((double)High - Low) : 0;
        for (int index = 0; index < voxels.Length; index++)
        {
            float value = image.Voxels[index];
            voxels[index] = float.IsFinite(value)
                ? Math.Clamp((float)(((value - (double)Low) * scale) + Intensity.Background), Least, Most)
                : Intensity.Background;
        }

        return new Volume(image.Extent, image.Spacing, voxels);
    }
}
