namespace Morula.Cli;

/// <summary>How much a verb tells.</summary>
internal enum Verbosity
{
    /// <summary>Errors and the final result.</summary>
    Quiet,

    /// <summary>Progress and messages too.</summary>
    Normal,

    /// <summary>Also what was chosen and why, and the largest memory.</summary>
    Verbose,
}
