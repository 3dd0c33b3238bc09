using System.Diagnostics;

namespace Morula.Bench.Profile;

/// <summary>Seconds by part of something whose parts follow each other: each lasts until the next begins.</summary>
internal sealed class Timeline
{
    private readonly Dictionary<(string Part, bool IsBackward), double> seconds = [];
    private (string Part, bool IsBackward)? current;
    private long begun;

    /// <summary>Seconds of each part, in the order in which they first began.</summary>
    public IReadOnlyDictionary<(string Part, bool IsBackward), double> Seconds => seconds;

    /// <summary>Ends the part before and begins one; a part that begins again goes on.</summary>
    public void Begin(string part, bool isBackward = false)
    {
        End();
        current = (part, isBackward);
    }

    /// <summary>Ends the last part.</summary>
    public void End()
    {
        long now = Stopwatch.GetTimestamp();
        if (current is { } part) seconds[part] = seconds.GetValueOrDefault(part) + Stopwatch.GetElapsedTime(begun, now).TotalSeconds;
        (current, begun) = (null, now);
    }
}
