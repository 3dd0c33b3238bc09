namespace Morula.Training;

/// <summary>Where a training stands.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Progress">Share of the whole in [0, 1], by steps or by time, whichever is further.</param>
/// <param name="Values">Losses and scores by name.</param>
/// <param name="SecondsPerStep">Mean over the latest steps.</param>
/// <param name="Message">Something worth a line of its own, else null.</param>
public sealed record TrainingProgress(
    long Step, long Steps, double Progress, IReadOnlyDictionary<string, double> Values, double SecondsPerStep, string? Message = null)
{
    /// <summary>Steps at which the run will end, given how far it is by steps or by time.</summary>
    public long ExpectedSteps => Progress > 0 ? Math.Min(Steps, (long)Math.Ceiling(Step / Progress)) : Steps;

    /// <summary>A message alone.</summary>
    internal static TrainingProgress Saying(long step, long steps, string message, double progress = 0) =>
        new(step, steps, progress, new Dictionary<string, double>(StringComparer.Ordinal), 0, message);
}
