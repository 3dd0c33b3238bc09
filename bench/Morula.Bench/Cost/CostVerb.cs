using System.CommandLine;
using Morula.Measuring;

namespace Morula.Bench.Cost;

/// <summary>cost: parameters, operations, memory and time of networks under one set of conditions.</summary>
internal static class CostVerb
{
    private static readonly Option<string[]> Options = new("--options")
    {
        Description = "Preset or file of options; may be given many times. Default: lean and reference.",
        DefaultValueFactory = _ => ["lean", "reference"],
    };

    private static readonly Option<string[]> Extents = new("--extent")
    {
        Description = "Sizes of the training image, slowest axis first; may be given many times. Default: 64,64,64.",
        DefaultValueFactory = _ => ["64,64,64"],
    };

    private static readonly Option<string?> Predicted = new("--predict") { Description = "Sizes of the image to predict. Default: those of the training image." };

    private static readonly Option<string[]> Set = new("--set") { Description = "Section.Key=value, over all options.", DefaultValueFactory = _ => [] };

    private static readonly Option<int> Steps = new("--steps") { Description = "Measured steps and predictions; the median counts.", DefaultValueFactory = _ => 3 };

    private static readonly Option<int> Threads = new("--threads") { Description = "Processor threads.", DefaultValueFactory = _ => Environment.ProcessorCount };

    private static readonly Option<int> Seed = new("--seed") { Description = "Of scenes and weights.", DefaultValueFactory = _ => 1 };

    private static readonly Option<string?> Out = new("--out") { Description = "Markdown file. Default: bench/results/cost.md." };

    private static readonly Argument<string> Setting = new("setting");

    /// <summary>The verb that the user types.</summary>
    public static Command Create()
    {
        var command = new Command("cost", "Parameters, operations, peak memory and time of networks, each in a process of its own.")
        {
            Options, Extents, Predicted, Set, Steps, Threads, Seed, Out,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The verb that the program starts itself with.</summary>
    public static Command CreateOne()
    {
        var command = new Command(CostChild.Verb, "One measurement, for cost.") { Setting };
        command.Hidden = true;
        command.SetAction(parsed => CostChild.Answer(parsed.GetRequiredValue(Setting)));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        string settings = Machine.Describe(TimeProvider.System) + Describe(parsed);
        var results = new List<CostResult>();
        foreach (CostSetting setting in Plan(parsed))
        {
            Console.Error.WriteLine($"measuring {setting.Options} at {Sizes.Name(setting.Extent)}");
            results.Add(CostChild.Measure(setting));
        }

        string page = CostReport.Write(results, settings);
        Console.Out.Write(page);
        Repository.WriteResult(parsed.GetValue(Out), "cost.md", page);
    }

    private static IEnumerable<CostSetting> Plan(ParseResult parsed)
    {
        foreach (string text in parsed.GetRequiredValue(Extents))
        {
            int[] extent = Sizes.Parse(text);
            int[] predicted = parsed.GetValue(Predicted) is { } other ? Sizes.Parse(other) : extent;
            foreach (string options in parsed.GetRequiredValue(Options))
            {
                yield return new CostSetting(
                    options, parsed.GetRequiredValue(Set), extent, predicted, Math.Max(1, parsed.GetValue(Steps)),
                    Math.Max(1, parsed.GetValue(Threads)), parsed.GetValue(Seed));
            }
        }
    }

    private static string Describe(ParseResult parsed) =>
        $"- threads: {parsed.GetValue(Threads)}; measured: median of {parsed.GetValue(Steps)} behind one to warm up; one image a step; seed {parsed.GetValue(Seed)}\n";
}
