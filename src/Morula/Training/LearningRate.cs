namespace Morula.Training;

/// <summary>Learning rate as a pure function of the progress.</summary>
internal static class LearningRate
{
    private const double LastShare = 0.01;

    /// <summary>Rate at a step that stands at <paramref name="progress"/> in [0, 1] of the whole.</summary>
    public static double At(TrainingOptions options, long step, double progress)
    {
        double warm = options.WarmupSteps == 0 ? 1 : Math.Min(1, (step + 1.0) / options.WarmupSteps);
        double course = options.Schedule == ScheduleKind.Constant
            ? 1
            : LastShare + ((1 - LastShare) * 0.5 * (1 + Math.Cos(Math.PI * Math.Clamp(progress, 0, 1))));
        return options.LearningRate * warm * course;
    }
}
