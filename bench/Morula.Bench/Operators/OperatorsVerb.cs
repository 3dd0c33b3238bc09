using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Morula.Measuring;
using Morula.Tensors;

namespace Morula.Bench.Operators;

/// <summary>operators: BenchmarkDotNet on the operators that are not the tensor library's own.</summary>
internal static class OperatorsVerb
{
    /// <summary>Name of the verb.</summary>
    public const string Name = "operators";

    /// <summary>Runs the benchmarks that the arguments of BenchmarkDotNet choose; all by default.</summary>
    public static int Run(string[] arguments)
    {
        string settings = Machine.Describe(TimeProvider.System);
        TorchLibrary.EnsureLoaded();
        MachineLimit limit = MachineLimit.Measure();
        // In this process: a generated project would neither find the internals nor link half a gigabyte of libtorch in a moment.
        List<string> all = [.. arguments, "--inProcess"];
        bool isWhole = !arguments.Contains("--filter") && !arguments.Contains("-f");
        if (isWhole) all.AddRange(["--filter", "*"]);
        IConfig config = ManualConfig.Create(DefaultConfig.Instance).AddDiagnoser(MemoryDiagnoser.Default);
        Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(OperatorsVerb).Assembly).Run([.. all], config)];
        string page = OperatorsReport.Write(summaries, limit, settings);
        Console.Out.Write(page);
        // A part of the operators is no replacement of the whole page.
        if (isWhole) Repository.WriteResult(null, "operators.md", page);
        return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
    }

    /// <summary>The verb in the help.</summary>
    public static Command Describe() => new(Name, "Operators under BenchmarkDotNet; its own options follow, such as --filter '*RoiAlign*' or --job Dry.");
}
