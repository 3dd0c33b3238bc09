using System.Diagnostics;
using System.Text.Json;

namespace Morula.Bench.Cost;

/// <summary>Runs a measurement in a process of its own.</summary>
internal static class CostChild
{
    /// <summary>Verb that the program starts itself with; the setting follows as JSON.</summary>
    public const string Verb = "cost-one";

    /// <summary>What the child does: measures and writes the result as one line of JSON.</summary>
    public static void Answer(string setting) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(CostMeasurement.Run(JsonSerializer.Deserialize<CostSetting>(setting)!)));

    /// <summary>Starts a child and waits for its result.</summary>
    /// <exception cref="InvalidOperationException">The child failed; it has said why on the error stream.</exception>
    public static CostResult Measure(CostSetting setting)
    {
        using Process child = Process.Start(Describe(setting)) ?? throw new InvalidOperationException("The program could not start itself.");
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        string? line = output.Split('\n').LastOrDefault(text => text.StartsWith('{'));
        if (child.ExitCode != 0 || line is null)
            throw new InvalidOperationException($"{setting.Options} at {Sizes.Name(setting.Extent)} ended with exit code {child.ExitCode}.");
        return JsonSerializer.Deserialize<CostResult>(line)!;
    }

    private static ProcessStartInfo Describe(CostSetting setting)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of the program is unknown.");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        // Started as "dotnet Morula.Bench.dll", the process is dotnet.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(CostChild).Assembly.Location);
        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(JsonSerializer.Serialize(setting));
        // Managed loops and native ones share the same number of threads.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = setting.Threads.ToString("X");
        start.Environment["OMP_NUM_THREADS"] = setting.Threads.ToString();
        start.Environment["MKL_NUM_THREADS"] = setting.Threads.ToString();
        return start;
    }
}
