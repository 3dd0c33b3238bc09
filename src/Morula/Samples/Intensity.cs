using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Brings images of any camera to one scale of intensities, in training and in prediction alike.</summary>
public static class Intensity
{
    /// <summary>Intensity of background after normalisation: what fills the space outside an image.</summary>
    public const float Background = -1;

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
        IntensityScale.RequirePercentiles(options);
        var (low, high) = Percentiles.Of(image.Voxels, options.LowPercentile, options.HighPercentile);
        return new IntensityScale(low, high).Apply(image);
    }
}
