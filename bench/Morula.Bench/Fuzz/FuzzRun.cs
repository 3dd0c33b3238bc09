using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Morula.Bench.Fuzz;

/// <summary>One parser: children until all inputs are read or the time is spent; one that dies is a finding, and the next begins behind its last input.</summary>
internal sealed class FuzzRun(string parser, long inputs, double minutes, int seed, string folder)
{
    private const int MostDeaths = 20;

    /// <summary>Runs the children.</summary>
    public FuzzResult Run()
    {
        var total = new FuzzResult(0, 0, 0, 0, 0, []);
        double left = minutes * 60;
        for (int deaths = 0; deaths < MostDeaths && total.Next < inputs && total.Seconds < left;)
        {
            FuzzResult part = Child(new FuzzSetting(parser, total.Next, inputs, left - total.Seconds, seed, folder));
            if (part.Findings.Any(finding => finding.Number == part.Next - 1 && finding.What.StartsWith("the process", StringComparison.Ordinal))) deaths++;
            total = new FuzzResult(
                part.Next, total.Refused + part.Refused, total.Seconds + part.Seconds, Math.Max(total.GrowthMegabytes, part.GrowthMegabytes),
                Math.Max(total.SlowestSeconds, part.SlowestSeconds), Merge(total.Findings, part.Findings));
        }

        return total;
    }

    private static FuzzResult Child(FuzzSetting setting)
    {
        ProcessStartInfo start = Morula.Bench.Child.Self(FuzzChild.Verb, JsonSerializer.Serialize(setting));
        (start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, false);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var clock = Stopwatch.StartNew();
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("The program could not start itself.");
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string[] lines = child.StandardOutput.ReadToEnd().Split('\n');
        string? line = lines.LastOrDefault(text => text.StartsWith('{'));
        child.WaitForExit();
        if (child.ExitCode == 0 && line is not null) return JsonSerializer.Deserialize<FuzzResult>(line)!;
        string present = Path.Combine(setting.Folder, FuzzChild.Present);
        string? told = lines.LastOrDefault(text => text.StartsWith(FuzzWatch.Mark, StringComparison.Ordinal))?[FuzzWatch.Mark.Length..];
        if (told is null && File.Exists(present)) told = File.ReadAllText(present);
        long number = long.TryParse(told, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out long at)
            ? at
            : throw new InvalidOperationException($"{setting.Parser}: the child read nothing. {errors.Result}");
        string what = child.ExitCode switch
        {
            FuzzWatch.Slow => $"the process spent more than {FuzzWatch.MostSeconds} s of the processor on one input",
            FuzzWatch.Large => $"the process grew by more than {FuzzWatch.MostMegabytes} MiB",
            _ => $"the process died ({errors.Result.Split('\n')[0].Trim()})",
        };
        return new FuzzResult(number + 1, 0, clock.Elapsed.TotalSeconds, 0, 0, [new FuzzFinding(what, number, 1)]);
    }

    private static FuzzFinding[] Merge(IReadOnlyList<FuzzFinding> first, IReadOnlyList<FuzzFinding> second) =>
        [.. first.Concat(second).GroupBy(finding => finding.What).Select(group => new FuzzFinding(group.Key, group.Min(finding => finding.Number), group.Sum(finding => finding.Count)))];
}
