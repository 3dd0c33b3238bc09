using System.CommandLine;
using Morula.Fuzzing;
using Morula.Measuring;

namespace Morula.Bench.Fuzz;

/// <summary>fuzz: damaged files for every parser of the library.</summary>
internal static class FuzzVerb
{
    private static readonly Option<string[]> Parsers = new("--parser") { Description = "tiff, metaimage, ...; may be given several times. Default: all.", DefaultValueFactory = _ => ["all"] };

    private static readonly Option<long> Inputs = new("--inputs") { Description = "Inputs per parser.", DefaultValueFactory = _ => 100_000 };

    private static readonly Option<double> Minutes = new("--minutes") { Description = "Most time per parser.", DefaultValueFactory = _ => 10 };

    private static readonly Option<int> Seed = new("--seed") { Description = "Seed; an input is a function of seed and number.", DefaultValueFactory = _ => 1 };

    private static readonly Option<string?> Out = new("--out") { Description = "Markdown file. Default: bench/results/fuzz.md." };

    private static readonly Option<long?> Keep = new("--keep") { Description = "Writes the input of this number into the present folder instead of reading any." };

    // Files in memory: a disk that is busy otherwise is no fault of a parser.
    private static readonly string Memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private static readonly Argument<string> Setting = new("setting");

    /// <summary>The verb that the user types.</summary>
    public static Command Create()
    {
        var command = new Command("fuzz", "Damaged files for every parser, each in a process of its own.") { Parsers, Inputs, Minutes, Seed, Out, Keep };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The verb that the program starts itself with.</summary>
    public static Command CreateOne()
    {
        var command = new Command(FuzzChild.Verb, "One parser, for fuzz.") { Setting };
        command.Hidden = true;
        command.SetAction(parsed => FuzzChild.Answer(parsed.GetRequiredValue(Setting)));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        string[] names = parsed.GetRequiredValue(Parsers);
        FuzzTarget[] targets = [.. FuzzChild.Targets().Where(target => names.Contains("all") || names.Contains(target.Name))];
        if (parsed.GetValue(Keep) is { } number)
        {
            foreach (FuzzTarget target in targets) Write(target, parsed.GetValue(Seed), number);
            return;
        }

        string machine = Machine.Describe(TimeProvider.System);
        var results = new List<(FuzzTarget, FuzzResult)>();
        foreach (FuzzTarget target in targets)
        {
            string folder = Directory.CreateDirectory(Path.Combine(Memory, $"morula-fuzz-{Environment.ProcessId}-{target.Name}")).FullName;
            FuzzResult result = new FuzzRun(target.Name, parsed.GetValue(Inputs), parsed.GetValue(Minutes), parsed.GetValue(Seed), folder).Run();
            Directory.Delete(folder, recursive: true);
            results.Add((target, result));
            Console.Error.WriteLine($"{target.Name}: {result.Next} inputs in {result.Seconds:0} s, {result.Refused} refused; {string.Join("; ", result.Findings.Select(finding => $"{finding.Count} x {finding.What}, first {finding.Number}"))}");
        }

        string page = FuzzReport.Write(results, machine + $"- seed: {parsed.GetValue(Seed)}; at most {parsed.GetValue(Inputs)} inputs and {parsed.GetValue(Minutes)} minutes per parser\n");
        Console.Out.Write(page);
        Repository.WriteResult(parsed.GetValue(Out), "fuzz.md", page);
    }

    private static void Write(FuzzTarget target, int seed, long number)
    {
        var (extension, bytes) = target.Make(seed, number);
        File.WriteAllBytes($"{target.Name}-{seed}-{number}{extension}", bytes);
    }
}
