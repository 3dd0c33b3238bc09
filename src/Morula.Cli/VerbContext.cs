using System.CommandLine;

namespace Morula.Cli;

/// <summary>What a verb is given: the values of its arguments and options, where to write, and when to stop.</summary>
internal sealed class VerbContext(ParseResult parsed, CancellationToken stop) : IDisposable
{
    private ProgressLine? progress;

    /// <summary>For results.</summary>
    public TextWriter Output => parsed.InvocationConfiguration.Output;

    /// <summary>For messages.</summary>
    public TextWriter Error => parsed.InvocationConfiguration.Error;

    /// <summary>Cancelled when the user asks to stop.</summary>
    public CancellationToken Stop { get; } = stop;

    /// <summary>The progress line of this run; silent with --quiet.</summary>
    public ProgressLine Progress => progress ??= new ProgressLine(Error, Value(CommonOptions.Quiet), TimeProvider.System);

    /// <summary>The value of an option.</summary>
    public T Value<T>(Option<T> option) => parsed.GetValue(option)!;

    /// <summary>The value of an argument.</summary>
    public T Value<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    public void Dispose() => progress?.Dispose();
}
