using System.CommandLine;
using Morula.Measuring;

namespace Morula.Cli;

/// <summary>What a verb is given: the values of its arguments and options, where to write, and when to stop.</summary>
internal sealed class VerbContext : IDisposable
{
    private readonly ParseResult parsed;
    private readonly TimeProvider clock = TimeProvider.System;
    private readonly Verbosity verbosity;
    private readonly long began;
    private readonly Lazy<IProgressTeller> progress;

    public VerbContext(ParseResult parsed, CancellationToken stop)
    {
        this.parsed = parsed;
        Stop = stop;
        verbosity = Value(CommonOptions.Quiet) ? Verbosity.Quiet : Value(CommonOptions.Verbose) ? Verbosity.Verbose : Verbosity.Normal;
        Events = CommonOptions.EventsOf(parsed, parsed.InvocationConfiguration.Output);
        Output = Events is null ? parsed.InvocationConfiguration.Output : new EventLines(Events);
        began = clock.GetTimestamp();
        progress = new Lazy<IProgressTeller>(CreateProgress);
    }

    /// <summary>For results that are lines; those that programs may want go through <see cref="Item"/> and <see cref="Result(object, string[])"/>.</summary>
    public TextWriter Output { get; }

    /// <summary>For errors.</summary>
    public TextWriter Error => parsed.InvocationConfiguration.Error;

    /// <summary>Writes events for programs; null where people read.</summary>
    public EventWriter? Events { get; }

    /// <summary>Cancelled when the user asks to stop.</summary>
    public CancellationToken Stop { get; }

    /// <summary>What the shell is answered where nothing goes wrong.</summary>
    public int Code { get; set; } = ExitCode.Done;

    /// <summary>Tells how far the run is and what is worth knowing; silent with --quiet.</summary>
    public IProgressTeller Progress => progress.Value;

    /// <summary>Whether details are wanted, so that those that cost time are not made in vain.</summary>
    public bool IsVerbose => verbosity == Verbosity.Verbose;

    /// <summary>What the run has taken so far.</summary>
    public Runs.RunCost Cost => new(clock.GetUtcNow(), clock.GetElapsedTime(began), MemoryUse.Read().Peak);

    /// <summary>The value of an option.</summary>
    public T Value<T>(Option<T> option) => parsed.GetValue(option)!;

    /// <summary>The value of an argument.</summary>
    public T Value<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>One of several results, such as an image that is done; --quiet leaves it out.</summary>
    /// <param name="values">What programs are told: an object with named properties.</param>
    /// <param name="line">What people are told; null: nothing.</param>
    public void Item(object values, string? line)
    {
        if (verbosity == Verbosity.Quiet) return;
        if (Events is not null) Events.Write("item", values);
        else if (line is not null) Output.WriteLine(line);
    }

    /// <summary>Tells that something is not as it should be though the run goes on; with --quiet too.</summary>
    public void Warn(string text)
    {
        if (progress.IsValueCreated) Progress.Dispose();
        Events?.Message(MessageLevel.Warning, text);
        ErrorBoundary.WriteLine(Error, $"warning: {text}");
    }

    /// <summary>The final result.</summary>
    /// <param name="values">What programs are told: an object with named properties.</param>
    /// <param name="lines">What people are told.</param>
    public void Result(object values, params string[] lines) => Result(values, output =>
    {
        foreach (string line in lines) output.WriteLine(line);
    });

    /// <summary>The final result.</summary>
    /// <param name="values">What programs are told: an object with named properties.</param>
    /// <param name="write">Writes what people are told.</param>
    public void Result(object values, Action<TextWriter> write)
    {
        if (progress.IsValueCreated) Progress.Dispose();
        if (Events is null) write(Output);
        else Events.Write("result", values);
    }

    /// <summary>Says what the run has taken.</summary>
    public void End()
    {
        Output.Flush();
        MemoryUse use = MemoryUse.Read();
        if (verbosity == Verbosity.Verbose)
            Progress.Detail($"took {ProgressPace.Duration(clock.GetElapsedTime(began))}; memory at most {Planning.ByteSize.Text(use.Peak)}");
        Events?.Write("end", new { code = Code, seconds = Math.Round(clock.GetElapsedTime(began).TotalSeconds, 3), peakBytes = use.Peak });
    }

    public void Dispose()
    {
        if (progress.IsValueCreated) Progress.Dispose();
        if (Events is not null) Output.Dispose();
    }

    private IProgressTeller CreateProgress() => Events is null
        ? new ProgressLine(Error, verbosity, clock, MemoryUse.Read)
        : new ProgressEvents(Events, verbosity, clock, MemoryUse.Read);
}
