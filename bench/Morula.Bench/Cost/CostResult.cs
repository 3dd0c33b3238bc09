namespace Morula.Bench.Cost;

/// <summary>What one setting costs.</summary>
/// <param name="Name">Of the options.</param>
/// <param name="Extent">Sizes of the training image.</param>
/// <param name="Predicted">Sizes of the predicted image.</param>
/// <param name="Cells">Cells to be found in the training image.</param>
/// <param name="Parameters">Learnt numbers.</param>
/// <param name="TrainingOperations">Floating-point operations of the forward pass of a training step.</param>
/// <param name="PredictionOperations">Floating-point operations of predicting the image.</param>
/// <param name="BaseBytes">Memory with the tensor library loaded and nothing done.</param>
/// <param name="TrainingPeakBytes">Largest memory during the steps.</param>
/// <param name="PredictionPeakBytes">Largest memory during the predictions.</param>
/// <param name="StepSeconds">Median step.</param>
/// <param name="PredictionSeconds">Median prediction of the whole image.</param>
internal sealed record CostResult(
    string Name,
    int[] Extent,
    int[] Predicted,
    int Cells,
    long Parameters,
    double TrainingOperations,
    double PredictionOperations,
    long BaseBytes,
    long TrainingPeakBytes,
    long PredictionPeakBytes,
    double StepSeconds,
    double PredictionSeconds)
{
    /// <summary>Memory of a step above the base.</summary>
    public long TrainingBytes => TrainingPeakBytes - BaseBytes;

    /// <summary>Memory of a prediction above the base.</summary>
    public long PredictionBytes => PredictionPeakBytes - BaseBytes;

    /// <summary>Seconds per million voxels of a predicted image.</summary>
    public double SecondsPerMegavoxel => PredictionSeconds / Megavoxels;

    /// <summary>Operations per million voxels of a predicted image.</summary>
    public double OperationsPerMegavoxel => PredictionOperations / Megavoxels;

    private double Megavoxels => Sizes.Voxels(Predicted) / 1e6;
}
