using Morula.Formats;
using Morula.Options;

namespace Morula.Cli;

/// <summary>Tells errors of the user, which take one line, from faults of this program, which keep their trace.</summary>
internal static class ErrorBoundary
{
    // ENOSPC and EDQUOT of Linux and macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly int[] DiskFull = [28, 122, 69, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>Runs a verb and answers with its exit code.</summary>
    public static int Run(Func<int> verb, TextWriter error)
    {
        try
        {
            return verb();
        }
        catch (Exception fault)
        {
            return Report(fault, error);
        }
    }

    /// <summary>Writes what went wrong and answers with the exit code for it.</summary>
    public static int Report(Exception fault, TextWriter error)
    {
        Exception cause = Cause(fault);
        if (cause is OperationCanceledException)
        {
            WriteLine(error, cause is StoppedException ? cause.Message : "stopped.");
            return ExitCode.Stopped;
        }

        if (IsOfUser(cause))
        {
            WriteLine(error, cause is IOException && DiskFull.Contains(cause.HResult) ? $"the disk is full: {cause.Message}" : cause.Message);
            return ExitCode.Refused;
        }

        WriteLine(error, "this is a fault of the program; please report it with the lines below.");
        error.WriteLine(fault);
        return ExitCode.Fault;
    }

    /// <summary>Writes one line, whatever the text holds.</summary>
    public static void WriteLine(TextWriter error, string text) =>
        error.WriteLine($"morula: {string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}");

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
