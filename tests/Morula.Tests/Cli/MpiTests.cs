using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Morula.Tests.Training;
using Morula.Training;
using Xunit;

namespace Morula.Tests.Cli;

/// <summary>Trainings in several processes, by the MPI launchers that this machine has.</summary>
public sealed class MpiTests(TrainedFolder trained) : IClassFixture<TrainedFolder>
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(4);

    public static TheoryData<string> Launchers => [.. MpiProcesses.Launchers];

    [Theory, MemberData(nameof(Launchers))]
    public async Task Two_processes_train_to_the_losses_and_weights_of_one(string launcher)
    {
        string[] set = ["--set", "Training.BatchSize=2", "--set", "Training.Steps=10", "--set", "Training.ValidateEvery=5"];
        string alone = trained.NewPath(), together = trained.NewPath();
        using Process process = Start(launcher, [], ["train", trained.Options, "--data", trained.Data, "--out", together, .. set]);
        var end = await MpiProcesses.End(process, Most);
        Assert.True(end is { Code: 0 }, end?.Error ?? "it hangs");
        Assert.Equal(0, TrainedFolder.Command(["train", trained.Options, "--data", trained.Data, "--out", alone, .. set]).Code);
        RequireClose(alone, together);
        Assert.Single(Lines(end!.Value.Output), line => line.Contains("trained: ", StringComparison.Ordinal));
        Assert.Single(Lines(end.Value.Error), line => line.Contains("shared out among 2 processes", StringComparison.Ordinal));

        // Goes on, longer, in one process or two.
        string[] longer = ["--resume", "--set", "Training.Steps=12"];
        using Process further = Start(launcher, [], ["train", "--data", trained.Data, "--out", together, .. longer]);
        end = await MpiProcesses.End(further, Most);
        Assert.True(end is { Code: 0 }, end?.Error ?? "it hangs");
        Assert.Equal(0, TrainedFolder.Command(["train", "--data", trained.Data, "--out", alone, .. longer]).Code);
        RequireClose(alone, together);
    }

    [Theory, MemberData(nameof(Launchers))]
    public async Task An_image_at_a_time_two_processes_train_to_the_bits_of_one(string launcher)
    {
        string[] set = ["--set", "Training.BatchSize=2", "--set", "Training.Steps=10", "--set", "Training.ValidateEvery=0", "--set", "Training.Threads=1", "--set", "Training.Memory.ImageChunk=1"];
        string alone = trained.NewPath(), together = trained.NewPath();
        using Process process = Start(launcher, [], ["train", trained.Options, "--data", trained.Data, "--out", together, .. set]);
        var end = await MpiProcesses.End(process, Most);
        Assert.True(end is { Code: 0 }, end?.Error ?? "it hangs");
        Assert.Equal(0, TrainedFolder.Command(["train", trained.Options, "--data", trained.Data, "--out", alone, .. set]).Code);
        double[] Losses(string folder) => [.. TrainingLog.Read(folder).Where(line => line.Values.ContainsKey("loss")).Select(line => line.Values["loss"])];
        Assert.Equal(10, Losses(alone).Length);
        Assert.Equal(Losses(alone), Losses(together));
        Dictionary<string, byte[]> weights = TinyTraining.Arrays(new TrainingFolder(alone).Last), others = TinyTraining.Arrays(new TrainingFolder(together).Last);
        Assert.All(weights.Where(entry => entry.Key.Contains('.', StringComparison.Ordinal)), entry => Assert.Equal(entry.Value, others[entry.Key]));
    }

    [Theory, MemberData(nameof(Launchers))]
    public async Task Where_one_process_is_killed_the_others_end(string launcher)
    {
        string folder = trained.NewPath();
        using Process process = Start(launcher, [], "train", trained.Options, "--data", trained.Data, "--out", folder, "--set", "Training.BatchSize=2", "--set", "Training.Steps=1000000");
        var end = MpiProcesses.End(process, Most);
        while (!end.IsCompleted && TrainingLog.Read(folder).Count == 0) await Task.Delay(100, TestContext.Current.CancellationToken);
        int[] ranks = Ranks(folder);
        Assert.Equal(2, ranks.Length);
        using (var one = Process.GetProcessById(ranks[1])) one.Kill();
        var result = await end.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.True(result is not null, "the other one hangs");
        Assert.NotEqual(0, result!.Value.Code);
        Assert.Empty(Ranks(folder));
    }

    [Theory, MemberData(nameof(Launchers))]
    public async Task What_all_processes_meet_is_said_once(string launcher)
    {
        using Process process = Start(launcher, [], "train", trained.Options, "--data", trained.Data, "--out", trained.NewPath(), "--set", "Training.BatchSize=3");
        var end = await MpiProcesses.End(process, Most);
        Assert.True(end is not null, "it hangs");
        Assert.NotEqual(0, end!.Value.Code);
        Assert.Single(Lines(end.Value.Error), line => line.Contains("Training.BatchSize is 3", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", end.Value.Error, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Launchers))]
    public async Task Without_a_library_one_line_says_so(string launcher)
    {
        var nowhere = new Dictionary<string, string>(StringComparer.Ordinal) { ["MORULA_MPI"] = "/nowhere/libmpi.so" };
        using Process process = Start(launcher, nowhere, "train", trained.Options, "--data", trained.Data, "--out", trained.NewPath(), "--set", "Training.BatchSize=2");
        var end = await MpiProcesses.End(process, Most);
        Assert.True(end is not null, "it hangs");
        Assert.NotEqual(0, end!.Value.Code);
        Assert.Contains("morula: ", end.Value.Error, StringComparison.Ordinal);
        Assert.Contains("no MPI library is found (tried /nowhere/libmpi.so)", end.Value.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Value.Error, StringComparison.Ordinal);
    }

    private static Process Start(string launcher, Dictionary<string, string> variables, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the launchers of MPI are looked for on Linux.");
        Process? process = MpiProcesses.Start(launcher, 2, variables, arguments);
        Assert.SkipWhen(process is null, $"there is no {launcher} here.");
        return process!;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // The processes, launchers left out, that were given a folder.
    private static int[] Ranks(string folder) => [.. Directory.GetDirectories("/proc").Where(path => IsRank(path, folder))
        .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)).Order()];

    private static bool IsRank(string path, string folder)
    {
        try
        {
            string[] words = File.ReadAllText(Path.Combine(path, "cmdline")).Split('\0');
            return words[0].EndsWith("dotnet", StringComparison.Ordinal) && words.Contains(folder);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void RequireClose(string alone, string together)
    {
        LogLine[] expected = [.. TrainingLog.Read(alone)], found = [.. TrainingLog.Read(together)];
        Assert.Equal(expected.Select(line => line.Step), found.Select(line => line.Step));
        foreach (var (one, other) in expected.Zip(found).Where(pair => pair.First.Values.ContainsKey("loss")))
            foreach (var (name, value) in one.Values.Where(entry => entry.Key != "waiting")) Assert.Equal(value, other.Values[name], 1e-5 * Math.Max(1, value));
        var weights = TinyTraining.Arrays(new TrainingFolder(alone).Last);
        var others = TinyTraining.Arrays(new TrainingFolder(together).Last);
        foreach (var (name, bytes) in weights.Where(entry => entry.Key.Contains('.', StringComparison.Ordinal)))
        {
            foreach (var (one, other) in MemoryMarshal.Cast<byte, float>(bytes).ToArray().Zip(MemoryMarshal.Cast<byte, float>(others[name]).ToArray()))
                Assert.Equal(one, other, 1e-4f);
        }
    }
}
