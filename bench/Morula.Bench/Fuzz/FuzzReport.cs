using Morula.Fuzzing;

namespace Morula.Bench.Fuzz;

/// <summary>What damaged files did to the parsers, as Markdown.</summary>
internal static class FuzzReport
{
    /// <summary>The whole page.</summary>
    public static string Write(IReadOnlyList<(FuzzTarget Target, FuzzResult Result)> results, string settings) => $"""
        # Damaged files

        Every parser reads files that were damaged by chance: bits and bytes changed, numbers replaced by extremes, words exchanged, pieces of other
        files put in, ends cut off. Each input is a function of seed and number. It may be read or refused by the documented exception in one line;
        everything else is a finding: another exception, a process that dies, more than {FuzzWatch.MostSeconds} s of the processor for one input, more than {FuzzWatch.MostMegabytes} MiB more memory than at the start.

        {settings}
        {Table(results)}
        {Findings(results)}
        """;

    private static MarkdownTable Table(IReadOnlyList<(FuzzTarget Target, FuzzResult Result)> results)
    {
        var table = new MarkdownTable("parser", "whole files", "inputs", "refused (%)", "seconds", "slowest (s)", "growth (MiB)", "findings");
        foreach (var (target, result) in results)
        {
            table.Add(
                target.Name, $"{target.Samples.Count}", $"{result.Next:N0}", $"{100.0 * result.Refused / Math.Max(1, result.Next):0}", $"{result.Seconds:0}",
                $"{result.SlowestSeconds:0.00}", $"{result.GrowthMegabytes:0}", $"{result.Findings.Sum(finding => finding.Count)}");
        }

        return table;
    }

    private static string Findings(IReadOnlyList<(FuzzTarget Target, FuzzResult Result)> results) => string.Concat(results.SelectMany(entry =>
        entry.Result.Findings.Select(finding => $"- {entry.Target.Name}: {finding.Count} x {finding.What}, first by input {finding.Number}\n")));
}
