using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>An image that a survey has read.</summary>
/// <param name="Name">Within the data set.</param>
/// <param name="Extent">Of the image, in voxels of its own.</param>
/// <param name="Spacing">Its own.</param>
/// <param name="Cells">By ascending label, without a background that carries a label.</param>
/// <param name="Contrast">Where the image is bright.</param>
/// <param name="Noise">Standard deviation from voxel to voxel, as a share of the range between the percentiles.</param>
/// <param name="LabelledBackground">Whether label 1 marks the background.</param>
internal sealed record SurveyedImage(
    string Name, Extent Extent, Spacing Spacing, IReadOnlyList<SurveyedCell> Cells, Contrast Contrast, double Noise, bool LabelledBackground);
