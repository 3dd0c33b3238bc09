using System.Diagnostics;
using System.Text.Json;
using Morula.Fuzzing;

namespace Morula.Bench.Fuzz;

/// <summary>Reads damaged files in a process that may die of it.</summary>
internal static class FuzzChild
{
    /// <summary>Verb that the program starts itself with; the setting follows.</summary>
    public const string Verb = "fuzz-one";

    /// <summary>File of the number of the present input, as text.</summary>
    public const string Present = "present";

    /// <summary>What the child does: one line of JSON.</summary>
    public static void Answer(string text)
    {
        FuzzSetting setting = JsonSerializer.Deserialize<FuzzSetting>(text)!;
        FuzzTarget target = Targets().Single(target => target.Name == setting.Parser);
        Console.Out.WriteLine(JsonSerializer.Serialize(Run(setting, target)));
    }

    /// <summary>All targets, with the goldens of the tests among their samples.</summary>
    public static IReadOnlyList<FuzzTarget> Targets() => FuzzTargets.All(Repository.File("tests", "Morula.Tests", "Formats", "Golden"));

    private static FuzzResult Run(FuzzSetting setting, FuzzTarget target)
    {
        var findings = new Dictionary<string, FuzzFinding>(StringComparer.Ordinal);
        var watch = new FuzzWatch();
        watch.Start();
        using var present = File.OpenHandle(Path.Combine(setting.Folder, Present), FileMode.Create, FileAccess.Write);
        var (clock, refused, number, slowest) = (Stopwatch.StartNew(), 0L, setting.First, 0.0);
        for (; number < setting.Inputs && clock.Elapsed.TotalSeconds < setting.Seconds; number++)
        {
            RandomAccess.Write(present, System.Text.Encoding.ASCII.GetBytes($"{number,19}"), 0);
            var (extension, bytes) = target.Make(setting.Seed, number);
            string path = Path.Combine(setting.Folder, "input" + extension);
            File.WriteAllBytes(path, bytes);
            watch.Begin(number);
            long start = Stopwatch.GetTimestamp();
            string? problem = Problem(target, path, ref refused);
            watch.End();
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (problem is null) continue;
            FuzzFinding found = findings.GetValueOrDefault(problem) ?? new FuzzFinding(problem, number, 0);
            findings[problem] = found with { Count = found.Count + 1 };
        }

        return new FuzzResult(number, refused, clock.Elapsed.TotalSeconds, watch.Growth, slowest, [.. findings.Values]);
    }

    private static string? Problem(FuzzTarget target, string path, ref long refused)
    {
        try
        {
            if (target.IsRefused(path)) refused++;
            return null;
        }
#pragma warning disable CA1031 // Whatever a parser throws is what is looked for.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            string place = new StackTrace(fault, fNeedFileInfo: false).GetFrames().Select(frame => frame.GetMethod())
                .Where(method => method?.DeclaringType?.Namespace?.StartsWith("Morula", StringComparison.Ordinal) == true)
                .Select(method => $"{method!.DeclaringType!.Name}.{method.Name}").FirstOrDefault() ?? "outside";
            return $"{fault.GetType().Name} in {place}";
        }
    }
}
