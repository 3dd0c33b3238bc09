using Morula.Measuring;

namespace Morula.Bench.Plan;

/// <summary>Foretold and measured memory as Markdown.</summary>
internal static class PlanReport
{
    /// <summary>The whole page.</summary>
    public static string Write(IReadOnlyList<(PlanSetting Setting, PlanResult Result, PlanResult Kept)> results, string settings)
    {
        double worst = results.Count == 0 ? 0 : results.Max(entry => Math.Abs(entry.Result.Error));
        double mean = results.Count == 0 ? 0 : results.Average(entry => Math.Abs(entry.Result.Error));
        return $"""
            # Memory foretold and measured

            Every row is a process of its own: a real training of a few steps, or a real prediction, and the largest memory that it took
            (VmHWM); docs/memory.md says how it is foretold. Kept: the same, where memory that tensors have left is kept for the next ones.

            {settings}
            **{results.Count} settings: off by {100 * mean:0.0} % on average, by {100 * worst:0.0} % at most**

            {Table(results)}
            """;
    }

    /// <summary>Bytes as text.</summary>
    public static string Mebibytes(long bytes) => $"{ProcessMemory.Mebibytes(bytes):0}";

    private static MarkdownTable Table(IReadOnlyList<(PlanSetting Setting, PlanResult Result, PlanResult Kept)> results)
    {
        var table = new MarkdownTable("settings", "task", "image", "foretold (MiB)", "measured (MiB)", "error (%)", "peak foretold at", "step or image (s)", "kept: measured (MiB)", "kept: (s)");
        foreach (var (setting, result, kept) in results)
        {
            table.Add(
                setting.Name, setting.Task, Sizes.Name(setting.Extent), Mebibytes(result.Foretold), Mebibytes(result.Measured), $"{100 * result.Error:+0.0;-0.0;0.0}",
                result.Moment, $"{result.Seconds:0.0}", Mebibytes(kept.Measured), $"{kept.Seconds:0.0}");
        }

        return table;
    }
}
