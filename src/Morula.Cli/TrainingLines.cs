using Morula.Training;

namespace Morula.Cli;

/// <summary>Shows a training as a progress line and its messages as lines of their own.</summary>
internal sealed class TrainingLines(VerbContext context) : IProgress<TrainingProgress>
{
    private static readonly string[] Shown = ["loss", "objectness", "proposal box", "class", "box", "mask", "events"];

    public void Report(TrainingProgress value)
    {
        if (value.Message is not null) context.Progress.Say(value.Message);
        else context.Progress.Report(value.Step, value.ExpectedSteps, value.Values.Where(entry => Shown.Contains(entry.Key)).ToDictionary(StringComparer.Ordinal));
    }
}
