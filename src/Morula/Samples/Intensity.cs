using Morula.Options;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Brings images of any camera to one scale of intensities, in training and in prediction alike.</summary>
public static class Intensity
{
    /// <summary>Intensity of background after normalisation: what fills the space outside an image.</summary>
    public const float Background = -1;

    private const float Least = -2;
    private const float Most = 3;

    /// <summary>
    /// Maps intensities linearly so that the low percentile becomes -1 and the high percentile +1, held to [-2, 3] so that a
    /// hot pixel cannot dominate. An image nearly all of one value is scaled by its least and greatest instead, and a constant
    /// image becomes -1 throughout. Values that are no number become -1. Apply it after resampling to the working spacing.
    /// </summary>
    /// <param name="image">Intensities of any range and rank; left as it is.</param>
    /// <param name="options">The percentiles.</param>
    /// <returns>A new image on the same grid.</returns>
    public static Volume Normalise(Volume image, SampleOptions options)
    {
        if (!(options.LowPercentile < options.HighPercentile))
            throw new OptionsException("Samples", $"LowPercentile {options.LowPercentile} must be below HighPercentile {options.HighPercentile}.");
        var (low, high) = Percentiles.Of(image.Voxels, options.LowPercentile, options.HighPercentile);
        var voxels = new float[image.Voxels.Length];
        double scale = high > low ? 2 / ((double)high - low) : 0;
        for (int index = 0; index < voxels.Length; index++)
        {
            float value = image.Voxels[index];
            voxels[index] = float.IsFinite(value)
                ? Math.Clamp((float)(((value - (double)low) * scale) + Background), Least, Most)
                : Background;
        }

        return new Volume(image.Extent, image.Spacing, voxels);
    }
}
