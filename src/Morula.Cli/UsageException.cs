namespace Morula.Cli;

/// <summary>The command line asks for what cannot be done. The message is one line for the terminal.</summary>
internal sealed class UsageException(string problem) : Exception(problem);
