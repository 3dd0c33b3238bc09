namespace Morula.Inference;

/// <summary>How the overlap of a cell with its truth is foretold; fitted on annotated images, by <c>train</c> on those it holds out or by <c>calibrate</c>.</summary>
public sealed record QualityOptions
{
    /// <summary>One weight for each of the <see cref="CellQuality.Names"/>, the first that of the constant; empty: nothing is foretold. Default empty.</summary>
    public double[] Weights { get; init; } = [];
}
