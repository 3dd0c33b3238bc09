using Morula.Measuring;

namespace Morula.Bench.Cost;

/// <summary>Results as Markdown: the figures, and how many times the reference's they are.</summary>
internal static class CostReport
{
    private const string Reference = "reference";

    /// <summary>The whole page.</summary>
    public static string Write(IReadOnlyList<CostResult> results, string settings) => $"""
        # What a network costs

        Every row is a process of its own; bench/README.md says what the columns mean.

        {settings}
        {Figures(results)}{Ratios(results)}
        """;

    private static MarkdownTable Figures(IReadOnlyList<CostResult> results)
    {
        var table = new MarkdownTable(
            "options", "image", "cells", "parameters (M)", "step GFLOP", "step peak (MiB)", "above base (MiB)", "step (s)",
            "predicted", "GFLOP/Mvoxel", "peak (MiB)", "above base (MiB)", "s/Mvoxel");
        foreach (CostResult result in results)
        {
            table.Add(
                result.Name, Sizes.Name(result.Extent), $"{result.Cells}", $"{result.Parameters / 1e6:0.000}", $"{result.TrainingOperations / 1e9:0.0}",
                Mebibytes(result.TrainingPeakBytes), Mebibytes(result.TrainingBytes), $"{result.StepSeconds:0.00}",
                Sizes.Name(result.Predicted), $"{result.OperationsPerMegavoxel / 1e9:0.0}", Mebibytes(result.PredictionPeakBytes),
                Mebibytes(result.PredictionBytes), $"{result.SecondsPerMegavoxel:0.00}");
        }

        return table;
    }

    private static string Ratios(IReadOnlyList<CostResult> results)
    {
        var table = new MarkdownTable(
            "the reference takes ... times as much as", "image", "parameters", "step GFLOP", "step memory above base", "step time",
            "predicted", "GFLOP/Mvoxel", "memory above base", "s/Mvoxel");
        int count = 0;
        foreach (CostResult result in results.Where(result => result.Name != Reference))
        {
            CostResult? reference = results.FirstOrDefault(other =>
                other.Name == Reference && other.Extent.SequenceEqual(result.Extent) && other.Predicted.SequenceEqual(result.Predicted));
            if (reference is null) continue;
            count++;
            table.Add(
                result.Name, Sizes.Name(result.Extent), Times(one => one.Parameters), Times(one => one.TrainingOperations),
                Times(one => one.TrainingBytes), Times(one => one.StepSeconds), Sizes.Name(result.Predicted),
                Times(one => one.OperationsPerMegavoxel), Times(one => one.PredictionBytes), Times(one => one.SecondsPerMegavoxel));

            string Times(Func<CostResult, double> figure) => $"{figure(reference) / figure(result):0.0}";
        }

        return count == 0 ? string.Empty : $"\n{table}";
    }

    private static string Mebibytes(long bytes) => $"{ProcessMemory.Mebibytes(bytes):0}";
}
