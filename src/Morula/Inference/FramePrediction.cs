using Morula.Volumes;

namespace Morula.Inference;

/// <summary>The cells of one frame of a movie.</summary>
/// <param name="Frame">Which frame, from 0.</param>
/// <param name="Image">As it was read.</param>
/// <param name="Cells">On the grid of the image; Places counts in the detections of the window.</param>
public sealed record FramePrediction(int Frame, Volume Image, Prediction Cells);
