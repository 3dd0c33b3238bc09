using Morula.Inference;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>One image and what was found in it.</summary>
/// <param name="Name">Of the image, without folder and extension.</param>
/// <param name="Files">Where the results lie.</param>
/// <param name="Prediction">The results.</param>
/// <param name="Image">As it was read.</param>
/// <param name="Table">What was measured of each cell; contacts before the gap was cut.</param>
public sealed record PredictedImage(string Name, PredictionFiles Files, Prediction Prediction, Volume Image, CellTable Table);
