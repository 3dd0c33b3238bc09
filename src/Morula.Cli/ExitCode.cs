namespace Morula.Cli;

/// <summary>What the command answers to the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>All was looked at, and something is not as it must be (doctor).</summary>
    public const int Failed = 1;

    /// <summary>The user's command, options or files are at fault, or the disk.</summary>
    public const int Refused = 2;

    /// <summary>A fault of this program (EX_SOFTWARE of sysexits.h).</summary>
    public const int Fault = 70;

    /// <summary>Asked to stop (128 + SIGINT).</summary>
    public const int Stopped = 130;
}
