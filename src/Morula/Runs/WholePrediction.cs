using Morula.Inference;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>An image and its cells in memory.</summary>
/// <param name="Image">As it was read.</param>
/// <param name="Prediction">The results.</param>
/// <param name="Table">What was measured of each cell; contacts before the gap was cut.</param>
public sealed record WholePrediction(Volume Image, Prediction Prediction, CellTable Table);
