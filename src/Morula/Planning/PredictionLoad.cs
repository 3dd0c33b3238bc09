using Morula.Inference;
using Morula.Model;
using Morula.Volumes;

namespace Morula.Planning;

/// <summary>What the prediction of one image asks of memory.</summary>
/// <param name="Model">The network.</param>
/// <param name="Inference">Tiles and refinement.</param>
/// <param name="Image">Sizes of the image.</param>
/// <param name="Working">Sizes of the grid that the network works on.</param>
/// <param name="Cells">Cells in the image.</param>
public sealed record PredictionLoad(ModelOptions Model, InferenceOptions Inference, Extent Image, Extent Working, int Cells)
{
    /// <summary>A training that the prediction is part of; null where it stands alone.</summary>
    public TrainingLoad? Beside { get; init; }

    /// <summary>Voxels of a training sample: a larger tile gets more candidates.</summary>
    public long SampleVoxels { get; init; } = long.MaxValue;

    /// <summary>Whether the process is booked beside the tensors.</summary>
    public bool BooksProcess { get; init; } = true;
}
