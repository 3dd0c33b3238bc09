namespace Morula.Comparison;

/// <summary>What became of one training, or of the classical segmentation.</summary>
/// <param name="Name">Of the network.</param>
/// <param name="Seed">Of the training.</param>
/// <param name="Scores">On the held-out images, by name; null where undefined.</param>
/// <param name="Found">Per held-out image, the labels of the true cells that were found: matched at an overlap of at least 0.5.</param>
/// <param name="Parameters">Learnt numbers.</param>
/// <param name="StepOperations">Floating-point operations of the forward pass of a training step, mean over a few samples.</param>
/// <param name="OperationsPerMegavoxel">Floating-point operations of a million predicted voxels.</param>
/// <param name="TrainingBase">Memory of the training process before it trained, bytes.</param>
/// <param name="TrainingPeak">Largest memory of the training process, bytes.</param>
/// <param name="PredictionBase">Memory of the predicting process before it predicted, bytes.</param>
/// <param name="PredictionPeak">Largest memory of the predicting process, bytes.</param>
/// <param name="SecondsPerStep">Median over the logged steps; null where there are too few.</param>
/// <param name="SecondsPerMegavoxel">Median over the held-out images, from file to files; of a movie, that of the whole with its linking.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Minutes">Time of training on the clock.</param>
/// <param name="Machine">What it ran on, one fact a line.</param>
/// <param name="Choice">How the classical segmentation was tuned; null for a network.</param>
public sealed record MemberResult(
    string Name, int Seed, IReadOnlyDictionary<string, double?> Scores, IReadOnlyDictionary<string, int[]> Found, long Parameters,
    double StepOperations, double OperationsPerMegavoxel, long TrainingBase, long TrainingPeak, long PredictionBase, long PredictionPeak,
    double? SecondsPerStep, double SecondsPerMegavoxel, long Steps, double Minutes, string Machine, ClassicalChoice? Choice = null);
