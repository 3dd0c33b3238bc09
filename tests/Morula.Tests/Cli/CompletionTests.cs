using System.Diagnostics;
using System.Runtime.InteropServices;
using Morula.Cli;
using Morula.Options;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class CompletionTests
{
    private const string Script = """
        source "$1"
        morula() { "$MORULA_DOTNET" "$MORULA_COMMAND" "$@"; }
        COMP_LINE="$2"; COMP_POINT=${#2}
        read -ra COMP_WORDS <<< "$2"
        [[ "$2" == *' ' ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _morula
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    [Theory]
    [InlineData("morula pre", "predict")]
    [InlineData("morula co", "compare completion convert correct")]
    [InlineData("morula train lean", "lean lean4d")]
    [InlineData("morula options ", "large lean lean4d nano reference")]
    [InlineData("morula predict a.tif --mod", "--model")]
    [InlineData("morula predict a.tif --model mem", "membrane3d membrane4d")]
    [InlineData("morula train lean --set Training.St", "Training.Steps=")]
    [InlineData("morula track cells --out a --set StepSp", "StepSpread=")]
    [InlineData("morula synthesize toy --set Si", "Size=")]
    [InlineData("morula export movie --to mor", "morphonet morula")]
    [InlineData("morula info a.tif --format ", "json text")]
    [InlineData("morula completion z", "zsh")]
    [InlineData("morula predict emb", "")]
    public async Task Bash_completes(string line, string expected)
    {
        string? bash = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "bash")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(bash is null, "there is no bash on the PATH.");
        using var temporary = new TemporaryFolder();
        string script = temporary["morula.bash"];
        await File.WriteAllTextAsync(script, CompletionScripts.Of("bash"), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(bash!, ["--norc", "-c", Script, "bash", script, line]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MORULA_DOTNET"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        start.Environment["MORULA_COMMAND"] = Path.Combine(AppContext.BaseDirectory, "Morula.Cli.dll");
        using Process shell = Process.Start(start)!;
        var end = await MpiProcesses.End(shell, TimeSpan.FromMinutes(1));
        Assert.NotNull(end);
        Assert.Equal(string.Empty, end.Value.Error);
        Assert.Equal(expected, string.Join(' ', end.Value.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_option_that_set_takes_is_suggested()
    {
        var (code, output, _) = TrainedFolder.Command("[suggest:17]", "train lean --set ");
        Assert.Equal(0, code);
        Assert.Equal(
            OptionsDescription.Of<MorulaOptions>().Select(row => row.Key).Where(key => !key.Contains('[')).Select(key => $"{key}=").Order(StringComparer.Ordinal),
            output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void The_verb_prints_the_script(string shell)
    {
        var (code, output, error) = TrainedFolder.Command("completion", shell);
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Equal(CompletionScripts.Of(shell), output);
        Assert.Contains("[suggest:", output);
    }

    [Fact]
    public void Another_shell_is_refused()
    {
        var (code, output, error) = TrainedFolder.Command("completion", "tcsh");
        Assert.Equal((ExitCode.Refused, string.Empty), (code, output));
        Assert.Equal("morula: there is no completion for \"tcsh\"; expected bash, zsh, fish, pwsh.", error.TrimEnd());
    }
}
