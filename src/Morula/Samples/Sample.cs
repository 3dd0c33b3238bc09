using Morula.Volumes;

namespace Morula.Samples;

/// <summary>One training example: a crop of an image with its truth.</summary>
/// <param name="Image">Normalised intensities (see <see cref="Intensity"/>).</param>
/// <param name="Labels">
/// Labels on the same grid. Cells too little of which is visible to count keep their voxels here but are no truth:
/// only <paramref name="Cells"/> lists what must be found.
/// </param>
/// <param name="Cells">The cells to be found, by ascending label.</param>
public sealed record Sample(Volume Image, LabelVolume Labels, IReadOnlyList<TruthCell> Cells);
