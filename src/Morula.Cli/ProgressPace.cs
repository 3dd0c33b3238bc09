using System.Text;

namespace Morula.Cli;

/// <summary>Knows how fast steps are done, the recent ones above all.</summary>
/// <param name="firstStep">Steps done when it began to look.</param>
/// <param name="began">The clock's timestamp then.</param>
/// <param name="clock">The clock.</param>
internal sealed class ProgressPace(long firstStep, long began, TimeProvider clock)
{
    private const double MemorySeconds = 30;

    private long lastStep = firstStep;
    private long lastTime = began;
    private double? secondsPerStep;

    /// <summary>Step, total, values, speed and time left in one line; where a caption takes the place of the step, its speed means nothing and is left out.</summary>
    public string Describe(long step, long total, IReadOnlyDictionary<string, double> values, long now, string? caption = null)
    {
        Learn(step, now);
        var text = new StringBuilder(caption ?? $"step {step}/{total}");
        foreach (var (name, value) in values) text.Append($"  {name} {value:G4}");
        if (secondsPerStep is not { } pace) return text.ToString();
        if (caption is null) text.Append(pace > 1 ? $"  {pace:0.0} s/step" : $"  {1 / pace:0.0} steps/s");
        if (step < total) text.Append($"  {Duration(TimeSpan.FromSeconds((total - step) * pace))} left");
        return text.ToString();
    }

    /// <summary>Seconds until all steps are done; null where that is not known yet, or they are.</summary>
    public double? SecondsLeft(long step, long total, long now)
    {
        Learn(step, now);
        return step < total ? (total - step) * secondsPerStep : null;
    }

    /// <summary>A duration as people say it.</summary>
    public static string Duration(TimeSpan time) => time.TotalMinutes < 1 ? $"{(int)time.TotalSeconds} s"
        : time.TotalHours < 1 ? $"{(int)time.TotalMinutes} min {time.Seconds:00} s"
        : time.TotalDays < 1 ? $"{(int)time.TotalHours} h {time.Minutes:00} min"
        : $"{(int)time.TotalDays} d {time.Hours:00} h";

    // An average over time whose memory fades, so that a slow first step or a pause for validation is forgotten.
    private void Learn(long step, long now)
    {
        double seconds = clock.GetElapsedTime(lastTime, now).TotalSeconds;
        if (step <= lastStep || seconds <= 0) return;
        double recent = seconds / (step - lastStep);
        double share = 1 - Math.Exp(-seconds / MemorySeconds);
        secondsPerStep = secondsPerStep is { } before ? before + (share * (recent - before)) : recent;
        (lastStep, lastTime) = (step, now);
    }
}
