namespace Morula.Cli;

/// <summary>For whom a verb writes.</summary>
internal enum OutputFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object a line on standard output, for programs (docs/command.md).</summary>
    Json,
}
