using Morula.Formats;
using Morula.Options;

namespace Morula.Cli;

/// <summary>Tells errors of the user, which take one line, from faults of this program, which keep their trace.</summary>
internal static class ErrorBoundary
{
    /// <summary>Runs a verb and answers with its exit code.</summary>
    public static int Run(Func<int> verb, TextWriter error, EventWriter? events = null)
    {
        try
        {
            return verb();
        }
        catch (Exception fault)
        {
            return Report(fault, error, events);
        }
    }

    /// <summary>Writes what went wrong and answers with the exit code for it.</summary>
    public static int Report(Exception fault, TextWriter error, EventWriter? events = null)
    {
        Exception cause = Cause(fault);
        if (cause is OperationCanceledException) return Tell(ExitCode.Stopped, cause is StoppedException ? cause.Message : "stopped.", error, events);
        if (IsOfUser(cause))
            return Tell(ExitCode.Refused, DiskFull.Is(cause) ? $"the disk is full: {cause.Message}" : cause.Message, error, events);
        Tell(ExitCode.Fault, "this is a fault of the program; please report it with the lines below.", error, events);
        error.WriteLine(fault);
        return ExitCode.Fault;
    }

    /// <summary>Says in one line what went wrong, to people and to programs, and answers with its exit code.</summary>
    public static int Tell(int code, string text, TextWriter error, EventWriter? events)
    {
        events?.Write("error", new { code, text = OneLine(text) });
        WriteLine(error, text);
        return code;
    }

    /// <summary>Writes one line, whatever the text holds.</summary>
    public static void WriteLine(TextWriter error, string text) =>
        error.WriteLine($"morula: {OneLine(text)}");

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static bool IsOfUser(Exception cause) =>
        cause is OptionsException or VolumeFormatException or UsageException or IOException or UnauthorizedAccessException or PlatformNotSupportedException;

    // Parallel loops wrap what their bodies throw; one fault of the program among them makes the whole one.
    private static Exception Cause(Exception fault)
    {
        if (fault is not AggregateException many) return fault;
        var inner = many.Flatten().InnerExceptions;
        Exception? own = inner.FirstOrDefault(one => !IsOfUser(one) && one is not OperationCanceledException);
        return own is not null || inner.Count == 0 ? fault : inner.FirstOrDefault(IsOfUser) ?? inner[0];
    }
}
