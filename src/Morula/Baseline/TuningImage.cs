using Morula.Volumes;

namespace Morula.Baseline;

/// <summary>An image with its truth to choose parameters on.</summary>
/// <param name="Image">Intensities.</param>
/// <param name="Truth">Labels on the same grid.</param>
public sealed record TuningImage(Volume Image, LabelVolume Truth);
