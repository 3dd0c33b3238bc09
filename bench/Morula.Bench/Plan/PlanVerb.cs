using System.CommandLine;
using Morula.Measuring;
using Morula.Tensors;

namespace Morula.Bench.Plan;

/// <summary>plan: foretold memory beside what real trainings and predictions take.</summary>
internal static class PlanVerb
{
    private static readonly Option<string[]> Presets = new("--options") { Description = "lean, reference; may be given twice. Default: both.", DefaultValueFactory = _ => ["lean", "reference"] };

    private static readonly Option<int> Threads = new("--threads") { Description = "Processor threads.", DefaultValueFactory = _ => Environment.ProcessorCount };

    private static readonly Option<string> Scratch = new("--scratch")
    {
        Description = "Folder for images and networks, kept for the next time. Default: in the folder for temporary files.",
        DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "morula-plan"),
    };

    private static readonly Option<string> Only = new("--only") { Description = "Settings whose name or sizes hold this text.", DefaultValueFactory = _ => string.Empty };

    private static readonly Option<string?> Out = new("--out") { Description = "Markdown file. Default: bench/results/plan.md." };

    private static readonly Argument<string> Folder = new("folder");

    private static readonly Argument<string> Setting = new("setting");

    /// <summary>The verb that the user types.</summary>
    public static Command Create()
    {
        var command = new Command("plan", "Foretold memory beside measured memory, each setting in a process of its own.") { Presets, Threads, Scratch, Only, Out };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The verb that the program starts itself with.</summary>
    public static Command CreateOne()
    {
        var command = new Command(PlanChild.Verb, "One comparison, for plan.") { Folder, Setting };
        command.Hidden = true;
        command.SetAction(parsed => PlanChild.Answer(parsed.GetRequiredValue(Folder), parsed.GetRequiredValue(Setting)));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        string machine = Machine.Describe(TimeProvider.System);
        string folder = Directory.CreateDirectory(parsed.GetRequiredValue(Scratch)).FullName;
        var results = new List<(PlanSetting Setting, PlanResult Result, PlanResult Kept)>();
        foreach (PlanSetting setting in parsed.GetRequiredValue(Presets).SelectMany(PlanSettings.Of).Where(setting => IsChosen(setting, parsed.GetRequiredValue(Only))))
        {
            new PlanMeasurement(setting, folder).Prepare();
            PlanResult result = PlanChild.Measure(setting, folder, parsed.GetValue(Threads));
            PlanResult kept = PlanChild.Measure(setting with { KeepsFreed = true }, folder, parsed.GetValue(Threads));
            results.Add((setting, result, kept));
            Console.Error.WriteLine($"{setting.Task} {setting.Name} at {Sizes.Name(setting.Extent)}: {PlanReport.Mebibytes(result.Foretold)} foretold, {PlanReport.Mebibytes(result.Measured)} measured, {PlanReport.Mebibytes(kept.Measured)} where freed memory is kept, {result.Error:+0.0 %;-0.0 %;0.0 %}");
        }

        string page = PlanReport.Write(results, machine + $"- threads: {parsed.GetValue(Threads)}\n");
        Console.Out.Write(page);
        Repository.WriteResult(parsed.GetValue(Out), "plan.md", page);
    }

    private static bool IsChosen(PlanSetting setting, string text) => CanRun(setting) && $"{setting.Task} {setting.Name} {string.Join(',', setting.Extent)}".Contains(text, StringComparison.Ordinal);

    // Numbers of two bytes in the network need a processor, and a libtorch, that have them.
    private static bool CanRun(PlanSetting setting) => HalfPrecision.IsAvailable || !setting.Overrides.Contains("Training.Memory.Precision=BFloat16");
}
