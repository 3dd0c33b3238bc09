using Morula.Planning;

namespace Morula.Runs;

/// <summary>Memory foretold for one set of options.</summary>
/// <param name="Options">Of the run.</param>
/// <param name="Step">A training step.</param>
/// <param name="Validation">The prediction of a held-out image during training; null where none is asked for.</param>
/// <param name="Prediction">The prediction of an image with the finished network.</param>
public sealed record PlanOutcome(MorulaOptions Options, MemoryPlan Step, MemoryPlan? Validation, MemoryPlan Prediction)
{
    /// <summary>Largest memory of the training, bytes.</summary>
    public long TrainingPeak => Math.Max(Step.Peak, Validation?.Peak ?? 0);
}
