using Spectre.Console;

namespace Morula.Cli;

/// <summary>
/// Tells how far a run is: on a terminal one line that renews itself, elsewhere a plain line at most every ten seconds.
/// May be called from any thread.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly IAnsiConsole console;
    private readonly bool quiet;
    private readonly TimeProvider clock;
    private ProgressPace? pace;
    private long lastWritten;
    private string? pending;
    private bool isLineOpen;

    /// <summary>A line on a writer, live where the writer is a terminal.</summary>
    public ProgressLine(TextWriter writer, bool quiet, TimeProvider clock)
        : this(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }), quiet, clock)
    {
    }

    /// <summary>A line on a console, live where it is a terminal.</summary>
    public ProgressLine(IAnsiConsole console, bool quiet, TimeProvider clock)
    {
        this.console = console;
        this.quiet = quiet;
        this.clock = clock;
    }

    private bool IsLive => console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;

    /// <summary>Tells that a step is done.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="total">Steps to do.</param>
    /// <param name="values">Values worth seeing, such as losses, by name.</param>
    /// <param name="caption">Words in the place of the step.</param>
    public void Report(long step, long total, IReadOnlyDictionary<string, double>? values = null, string? caption = null)
    {
        if (quiet) return;
        lock (gate)
        {
            long now = clock.GetTimestamp();
            bool isFirst = pace is null;
            pace ??= new ProgressPace(step, now, clock);
            pending = pace.Describe(step, total, values ?? new Dictionary<string, double>(), now, caption);
            if (isFirst || step >= total || clock.GetElapsedTime(lastWritten, now) >= (IsLive ? LiveInterval : PlainInterval)) Flush(now);
        }
    }

    /// <summary>Writes a line that stays, such as a result of validation.</summary>
    public void Say(string text)
    {
        if (quiet) return;
        lock (gate)
        {
            EndLine();
            console.Profile.Out.Writer.WriteLine(text);
        }
    }

    /// <summary>Ends the line, and forgets the pace before another kind of step is reported.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (pending is not null && IsLive) Flush(clock.GetTimestamp());
            EndLine();
            pace = null;
        }
    }

    private void Flush(long now)
    {
        TextWriter writer = console.Profile.Out.Writer;
        string text = pending!;
        pending = null;
        lastWritten = now;
        if (IsLive)
        {
            // Back to the line's start, clear it, and stay short of the edge so that it never wraps.
            writer.Write($"\r\u001b[2K{text[..Math.Min(text.Length, Math.Max(0, console.Profile.Width - 1))]}");
            isLineOpen = true;
        }
        else
        {
            writer.WriteLine(text);
        }

        writer.Flush();
    }

    private void EndLine()
    {
        if (isLineOpen) console.Profile.Out.Writer.WriteLine();
        isLineOpen = false;
    }
}
