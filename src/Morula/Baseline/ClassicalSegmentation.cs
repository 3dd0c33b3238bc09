using Morula.Samples;
using Morula.Volumes;

namespace Morula.Baseline;

/// <summary>
/// What one would do without learning, as a measure of what learning is worth: Gaussian smoothing, h-minima, seeded watershed, at any
/// rank. Frames of a movie are segmented one by one, and cells are not followed through them.
/// </summary>
public static class ClassicalSegmentation
{
    /// <summary>Percentiles that intensities are stated between.</summary>
    internal static SampleOptions Percentiles { get; } = new();

    /// <summary>The cells of an image.</summary>
    /// <param name="image">Rank 2, 3 or 4; any intensity scale.</param>
    /// <param name="options">Parameters, such as <see cref="BaselineTuning"/> chooses.</param>
    public static ClassicalCells Find(Volume image, BaselineOptions options) =>
        new Landscape(Intensity.Normalise(image, Percentiles), options.Polarity, options.Sigma).Flood(options);
}
