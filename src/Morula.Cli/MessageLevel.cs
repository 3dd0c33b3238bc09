namespace Morula.Cli;

/// <summary>What kind of message it is.</summary>
internal enum MessageLevel
{
    /// <summary>What was chosen and why; with --verbose.</summary>
    Detail,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Something is not as it should be.</summary>
    Warning,

    /// <summary>A line that people would read on standard output.</summary>
    Output,
}
