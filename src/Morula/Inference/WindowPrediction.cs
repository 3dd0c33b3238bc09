using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>What the network found in one window of a movie.</summary>
/// <param name="Window">Where it looked.</param>
/// <param name="Kept">The frames that this window answers for.</param>
/// <param name="Seen">All its frames on the working grid, painted; label i + 1 marks <paramref name="Found"/> i. It tells who is the same cell from frame to frame.</param>
/// <param name="Found">Cells through time, boxes in voxels of <paramref name="Seen"/>.</param>
public sealed record WindowPrediction(MovieWindow Window, IReadOnlyList<FramePrediction> Kept, LabelVolume Seen, Detections Found);
