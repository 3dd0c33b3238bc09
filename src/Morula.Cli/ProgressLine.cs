using Morula.Measuring;
using Morula.Planning;
using Spectre.Console;

namespace Morula.Cli;

/// <summary>
/// Tells people how far a run is: on a terminal one line that renews itself, elsewhere a plain line at most every ten seconds.
/// </summary>
internal sealed class ProgressLine : IProgressTeller
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly IAnsiConsole console;
    private readonly Verbosity verbosity;
    private readonly TimeProvider clock;
    private readonly Func<MemoryUse>? memory;
    private ProgressPace? pace;
    private long lastWritten;
    private string? pending;
    private bool isLineOpen;

    /// <summary>A line on a writer, live where the writer is a terminal.</summary>
    public ProgressLine(TextWriter writer, Verbosity verbosity, TimeProvider clock, Func<MemoryUse>? memory = null)
        : this(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }), verbosity, clock, memory)
    {
    }

    /// <summary>A line on a console, live where it is a terminal.</summary>
    /// <param name="console">The console.</param>
    /// <param name="verbosity">How much it tells.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="memory">Memory of the process; null: it is not told.</param>
    public ProgressLine(IAnsiConsole console, Verbosity verbosity, TimeProvider clock, Func<MemoryUse>? memory = null)
    {
        this.console = console;
        this.verbosity = verbosity;
        this.clock = clock;
        this.memory = memory;
    }

    private bool IsLive => console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;

    public void Report(long step, long total, IReadOnlyDictionary<string, double>? values = null, string? caption = null)
    {
        if (verbosity == Verbosity.Quiet) return;
        lock (gate)
        {
            long now = clock.GetTimestamp();
            bool isFirst = pace is null;
            pace ??= new ProgressPace(step, now, clock);
            pending = pace.Describe(step, total, values ?? new Dictionary<string, double>(), now, caption);
            if (isFirst || step >= total || clock.GetElapsedTime(lastWritten, now) >= (IsLive ? LiveInterval : PlainInterval)) Flush(now);
        }
    }

    public void Say(string text)
    {
        if (verbosity != Verbosity.Quiet) Write(text);
    }

    public void Detail(string text)
    {
        if (verbosity == Verbosity.Verbose) Write(text);
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

    private void Write(string text)
    {
        lock (gate)
        {
            EndLine();
            console.Profile.Out.Writer.WriteLine(text);
        }
    }

    private void Flush(long now)
    {
        TextWriter writer = console.Profile.Out.Writer;
        string text = pending! + Memory();
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

    private string Memory()
    {
        if (memory?.Invoke() is not { Now: > 0 } use) return string.Empty;
        return verbosity == Verbosity.Verbose ? $"  {ByteSize.Text(use.Now)}, at most {ByteSize.Text(use.Peak)}" : $"  {ByteSize.Text(use.Now)}";
    }

    private void EndLine()
    {
        if (isLineOpen) console.Profile.Out.Writer.WriteLine();
        isLineOpen = false;
    }
}
