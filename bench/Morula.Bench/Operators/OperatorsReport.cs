using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Morula.Bench.Operators;

/// <summary>Times of the operators beside what the machine needs for their least work.</summary>
internal static class OperatorsReport
{
    /// <summary>The whole page.</summary>
    public static string Write(IEnumerable<Summary> summaries, MachineLimit limit, string settings)
    {
        var table = new MarkdownTable("operator", "parameters", "time (ms)", "allocated (kB)", "least traffic (MB)", "least GFLOP", "limit (ms)", "bound by", "of the limit (%)");
        foreach (BenchmarkReport report in summaries.SelectMany(summary => summary.Reports).Where(report => report.Success)) Add(table, report, limit);
        return $"""
            # How fast the operators are

            bench/README.md says what the columns mean.

            {settings}{limit.Describe()}
            {table}
            """;
    }

    private static void Add(MarkdownTable table, BenchmarkReport report, MachineLimit limit)
    {
        BenchmarkCase measured = report.BenchmarkCase;
        double seconds = report.ResultStatistics!.Mean / 1e9;
        LeastWork work = Limited(measured).LeastWork(measured.Descriptor.WorkloadMethod.Name);
        double least = work.Seconds(limit);
        table.Add(
            $"{measured.Descriptor.Type.Name.Replace("Benchmark", string.Empty)}.{measured.Descriptor.WorkloadMethod.Name}",
            string.Join(", ", measured.Parameters.Items.Select(item => $"{item.Name} {item.Value}")),
            $"{1000 * seconds:0.000}", $"{(report.GcStats.GetBytesAllocatedPerOperation(measured) ?? 0) / 1e3:0.0}",
            $"{work.Bytes / 1e6:0.00}", $"{work.Operations / 1e9:0.0000}", $"{1000 * least:0.000}", work.Bound(limit), $"{100 * least / seconds:0.0}");
    }

    private static ILimited Limited(BenchmarkCase measured)
    {
        Type type = measured.Descriptor.Type;
        var benchmark = (ILimited)Activator.CreateInstance(type)!;
        foreach (var parameter in measured.Parameters.Items) type.GetProperty(parameter.Name)!.SetValue(benchmark, parameter.Value);
        return benchmark;
    }
}
