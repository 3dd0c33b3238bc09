namespace Morula.Cli;

/// <summary>An example in the help of a verb.</summary>
/// <param name="Line">The command line, from the verb on.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record VerbExample(string Line, string Meaning);
