namespace Morula.Cli;

/// <summary>Messages as lines that stay.</summary>
internal sealed class SaidLines(VerbContext context) : IProgress<string>
{
    public void Report(string value) => context.Progress.Say(value);
}
