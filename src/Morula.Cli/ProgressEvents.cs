using Morula.Measuring;

namespace Morula.Cli;

/// <summary>Tells programs how far a run is: an event for the first and the last step, and at most one a second between.</summary>
internal sealed class ProgressEvents(EventWriter events, Verbosity verbosity, TimeProvider clock, Func<MemoryUse> memory) : IProgressTeller
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private ProgressPace? pace;
    private long lastWritten;

    public void Report(long step, long total, IReadOnlyDictionary<string, double>? values = null, string? caption = null)
    {
        if (verbosity == Verbosity.Quiet) return;
        lock (gate)
        {
            long now = clock.GetTimestamp();
            bool isFirst = pace is null;
            pace ??= new ProgressPace(step, now, clock);
            double? secondsLeft = pace.SecondsLeft(step, total, now);
            if (!isFirst && step < total && clock.GetElapsedTime(lastWritten, now) < Interval) return;
            lastWritten = now;
            MemoryUse use = memory();
            events.Write("progress", new { done = step, total, text = caption ?? $"step {step}/{total}", secondsLeft, values = values ?? new Dictionary<string, double>(), memoryBytes = use.Now, peakBytes = use.Peak });
        }
    }

    public void Say(string text)
    {
        if (verbosity != Verbosity.Quiet) events.Message(MessageLevel.Info, text);
    }

    public void Detail(string text)
    {
        if (verbosity == Verbosity.Verbose) events.Message(MessageLevel.Detail, text);
    }

    public void Dispose()
    {
        lock (gate) pace = null;
    }
}
