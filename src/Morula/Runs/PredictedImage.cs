using Morula.Inference;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>One image and what was found in it.</summary>
/// <param name="Name">Of the image, without folder and extension.</param>
/// <param name="Files">Where the results lie.</param>
/// <param name="Extent">Sizes of the image.</param>
/// <param name="Cells">Number of cells.</param>
public sealed record PredictedImage(string Name, PredictionFiles Files, Extent Extent, int Cells)
{
    /// <summary>All of it in memory; null where the image is too large for that.</summary>
    public WholePrediction? Whole { get; init; }
}
