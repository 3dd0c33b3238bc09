using Morula.Inference;
using Morula.Model;
using Morula.Planning;
using Morula.Volumes;

namespace Morula.Tests.Planning;

/// <summary>Trainings and predictions to plan for.</summary>
internal static class Loads
{
    public static TrainingLoad Training(int rank, MemoryOptions? memory = null, int batch = 1, string preset = "lean") => new(
        Model(rank, preset), memory ?? new MemoryOptions(), Image(rank), batch, Cells: 20, OptimizerMeans: 2);

    public static PredictionLoad Prediction(int rank, InferenceOptions? inference = null) =>
        new(Model(rank, "lean"), inference ?? new InferenceOptions(), Image(rank), Image(rank), Cells: 20);

    public static Extent Image(int rank) => new([.. new[] { 4, 64, 64, 64 }[(4 - rank)..]]);

    private static ModelOptions Model(int rank, string preset) => Presets.All[preset].Model with { Rank = rank };
}
