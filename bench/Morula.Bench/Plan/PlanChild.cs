using System.Diagnostics;
using System.Text.Json;
using Morula.Tensors;

namespace Morula.Bench.Plan;

/// <summary>Runs a comparison in a process of its own, under the settings that the command starts itself with.</summary>
internal static class PlanChild
{
    /// <summary>Verb that the program starts itself with; folder and setting follow.</summary>
    public const string Verb = "plan-one";

    /// <summary>What the child does.</summary>
    public static void Answer(string folder, string setting)
    {
        PlanSetting read = JsonSerializer.Deserialize<PlanSetting>(setting)!;
        if (!read.KeepsFreed) NativeHeap.GiveBackEarly();
        Console.Out.WriteLine(JsonSerializer.Serialize(new PlanMeasurement(read, folder).Run()));
    }

    /// <summary>Starts a child and waits for its result.</summary>
    /// <exception cref="InvalidOperationException">The child failed; it has said why on the error stream.</exception>
    public static PlanResult Measure(PlanSetting setting, string folder, int threads)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of the program is unknown.");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(PlanChild).Assembly.Location);
        foreach (string argument in new[] { Verb, folder, JsonSerializer.Serialize(setting) }) start.ArgumentList.Add(argument);
        start.Environment["OMP_NUM_THREADS"] = threads.ToString();
        start.Environment["MKL_NUM_THREADS"] = threads.ToString();
        foreach (var (name, value) in SecondStart.Apply(SecondStart.Present())) start.Environment[name] = value;
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("The program could not start itself.");
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        string? line = output.Split('\n').LastOrDefault(text => text.StartsWith('{'));
        return child.ExitCode == 0 && line is not null
            ? JsonSerializer.Deserialize<PlanResult>(line)!
            : throw new InvalidOperationException($"{setting.Name} at {string.Join(',', setting.Extent)} ended with exit code {child.ExitCode}.");
    }
}
