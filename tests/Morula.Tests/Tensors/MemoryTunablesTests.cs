using System.Diagnostics;
using Morula.Cli;
using Morula.Tensors;
using Xunit;

namespace Morula.Tests.Tensors;

public sealed class MemoryTunablesTests
{
    [Fact]
    public void A_plain_environment_asks_for_a_second_start() => Assert.True(MemoryTunables.AreWanted(Environment(("PATH", "/bin"))));

    [Theory]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.arena_max=1")]
    [InlineData("GLIBC_TUNABLES", "")]
    [InlineData("MORULA_RESTARTED", "1")]
    public void Settings_of_the_user_and_a_second_start_stay_as_they_are(string name, string value) =>
        Assert.False(MemoryTunables.AreWanted(Environment((name, value))));

    [Fact]
    public void A_second_start_keeps_the_environment_and_asks_for_no_third()
    {
        IReadOnlyDictionary<string, string> second = MemoryTunables.Apply(Environment(("PATH", "/bin")), MemoryTunables.Least);
        Assert.Equal("/bin", second["PATH"]);
        Assert.Equal(MemoryTunables.Least, second[MemoryTunables.Variable]);
        Assert.False(MemoryTunables.AreWanted(second));
    }

    [Theory]
    [InlineData(MemoryTunables.Least, "train", "lean", "--memory", "4GB")]
    [InlineData(MemoryTunables.Least, "--quiet", "predict", "image.tif", "--memory=4GB")]
    [InlineData(MemoryTunables.Fastest, "predict", "image.tif")]
    [InlineData(null, "train", "lean")]
    [InlineData(null, "plan", "lean", "--memory", "4GB")]
    [InlineData(null, "options", "train")]
    [InlineData(null, "options", "predict")]
    [InlineData(null, "--help")]
    [InlineData(null)]
    public void Runs_with_a_budget_and_predictions_are_started_again(string? expected, params string[] args) =>
        Assert.Equal(expected, RestartedForMemory.SettingsFor(args));

    [Fact]
    public void The_command_starts_itself_again_with_the_same_arguments()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has a program start itself anew.");
        string[] hosted = ["exec", "--runtimeconfig", Beside("Morula.Tests.runtimeconfig.json"), "--depsfile", Beside("Morula.Tests.deps.json"), Beside("Morula.Cli.dll")];
        var start = new ProcessStartInfo("dotnet", [.. hosted, "train", "a b", "--data", "", "--out", "é", "--memory", "4GB"]) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Remove(MemoryTunables.Variable);
        start.Environment.Remove(MemoryTunables.Guard);
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
