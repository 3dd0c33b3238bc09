using System.Diagnostics;
using Morula.Cli;
using Morula.Tensors;
using Xunit;

namespace Morula.Tests.Tensors;

public sealed class SecondStartTests
{
    [Fact]
    public void A_plain_environment_asks_for_a_second_start() => Assert.True(SecondStart.IsWanted(Environment(("PATH", "/bin"))));

    [Theory]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.arena_max=1")]
    [InlineData("GLIBC_TUNABLES", "")]
    [InlineData("MORULA_RESTARTED", "1")]
    public void Settings_of_the_user_and_a_second_start_stay_as_they_are(string name, string value) =>
        Assert.False(SecondStart.IsWanted(Environment((name, value))));

    [Fact]
    public void A_second_start_keeps_the_environment_and_asks_for_no_third()
    {
        IReadOnlyDictionary<string, string> second = SecondStart.Apply(Environment(("PATH", "/bin")));
        Assert.Equal("/bin", second["PATH"]);
        Assert.Equal(SecondStart.MallocSettings, second[SecondStart.Malloc]);
        Assert.False(SecondStart.IsWanted(second));
    }

    [Theory]
    [InlineData(null, "0")]
    [InlineData("1", "1")]
    public void How_compiled_methods_are_written_stays_where_it_was_chosen(string? chosen, string expected)
    {
        Dictionary<string, string> first = Environment(("PATH", "/bin"));
        if (chosen is not null) first[SecondStart.Mapping] = chosen;
        Assert.Equal(expected, SecondStart.Apply(first)[SecondStart.Mapping]);
    }

    [Theory]
    [InlineData(true, "train", "lean", "--memory", "4GB")]
    [InlineData(true, "--quiet", "predict", "image.tif")]
    [InlineData(true, "--format", "json", "train", "lean")]
    [InlineData(true, "demo")]
    [InlineData(false, "plan", "lean", "--memory", "4GB")]
    [InlineData(false, "options", "train")]
    [InlineData(false, "options", "predict")]
    [InlineData(false, "--help")]
    [InlineData(false)]
    public void Verbs_that_run_a_network_are_started_again(bool expected, params string[] args) => Assert.Equal(expected, StartedAgain.NeedsNetwork(args));

    [Fact]
    public void The_command_starts_itself_again_with_the_same_arguments()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has a program start itself anew.");
        string[] hosted = ["exec", "--runtimeconfig", Beside("Morula.Tests.runtimeconfig.json"), "--depsfile", Beside("Morula.Tests.deps.json"), Beside("Morula.Cli.dll")];
        var start = new ProcessStartInfo("dotnet", [.. hosted, "train", "a b", "--data", "", "--out", "é", "--memory", "4GB"]) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Remove(SecondStart.Malloc);
        start.Environment.Remove(SecondStart.Guard);
        using Process process = Process.Start(start)!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Contains("a b: there is no such options file", said, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, process.ExitCode);
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static Dictionary<string, string> Environment(params (string Name, string Value)[] entries) =>
        entries.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
}
