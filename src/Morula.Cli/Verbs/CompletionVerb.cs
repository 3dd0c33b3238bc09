using System.CommandLine;

namespace Morula.Cli.Verbs;

/// <summary>morula completion: a script with which a shell completes what is typed.</summary>
internal static class CompletionVerb
{
    private static readonly Argument<string> Shell = MakeShell();

    public static Verb Create() => Verb.Create(
        "completion",
        "Prints a script with which a shell completes verbs, options, names of options and presets.",
        [
            new VerbExample("completion bash > ~/.local/share/bash-completion/completions/morula", "for every new bash"),
            new VerbExample("completion zsh > ~/.zfunc/_morula", "for zsh, where ~/.zfunc is in fpath"),
            new VerbExample("completion fish > ~/.config/fish/completions/morula.fish", "for fish"),
            new VerbExample("completion pwsh >> $PROFILE", "for PowerShell"),
        ],
        [Shell],
        Run);

    private static void Run(VerbContext context)
    {
        string shell = context.Value(Shell);
        string script = CompletionScripts.Of(shell);
        context.Result(new { shell, script }, output => output.Write(script));
    }

    private static Argument<string> MakeShell()
    {
        var shell = new Argument<string>("shell") { Description = $"One of {string.Join(", ", CompletionScripts.Shells)}." };
        shell.CompletionSources.Add([.. CompletionScripts.Shells]);
        return shell;
    }
}
