using System.CommandLine;
using Morula.Measuring;

namespace Morula.Bench.Peer;

/// <summary>peer: a training step beside the same network in PyTorch.</summary>
internal static class PeerVerb
{
    private static readonly Option<string> Options = new("--options") { Description = "Preset or file of options, of lean's kind, rank 3.", DefaultValueFactory = _ => "lean" };

    private static readonly Option<string[]> Set = new("--set") { Description = "Section.Key=value, over the options.", DefaultValueFactory = _ => [] };

    private static readonly Option<string[]> Extents = new("--extent")
    {
        Description = "Sizes of the training image; may be given many times. Default: 64,64,64 and 128,128,128.",
        DefaultValueFactory = _ => ["64,64,64", "128,128,128"],
    };

    private static readonly Option<int[]> Batches = new("--batch") { Description = "Images a step; may be given many times. Default: 1 and 2.", DefaultValueFactory = _ => [1, 2] };

    private static readonly Option<int[]> Threads = new("--threads") { Description = "Processor threads; may be given many times. Default: 1 and 2.", DefaultValueFactory = _ => [1, 2] };

    private static readonly Option<int> Steps = new("--steps") { Description = "Measured steps; the median counts.", DefaultValueFactory = _ => 5 };

    private static readonly Option<int> Seed = new("--seed") { Description = "Of scenes and weights.", DefaultValueFactory = _ => 1 };

    private static readonly Option<string> Python = new("--python") { Description = "Interpreter that has PyTorch.", DefaultValueFactory = _ => "/usr/bin/python3" };

    private static readonly Option<string?> Libraries = new("--libraries") { Description = "Folder of libraries for the peer before the system's, such as a faster libblas." };

    private static readonly Option<string?> Out = new("--out") { Description = "Markdown file. Default: bench/results/peer.md." };

    private static readonly Argument<string> Setting = new("setting");

    /// <summary>The verb that the user types.</summary>
    public static Command Create()
    {
        var command = new Command("peer", "A training step beside the same network in PyTorch, each in a process of its own.")
        {
            Options, Set, Extents, Batches, Threads, Steps, Seed, Python, Libraries, Out,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The verb that the program starts itself with.</summary>
    public static Command CreateOne()
    {
        var command = new Command(PeerRun.Verb, "One measurement, for peer.") { Setting };
        command.Hidden = true;
        command.SetAction(parsed => PeerRun.Answer(parsed.GetRequiredValue(Setting)));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var script = new PeerScript(parsed.GetRequiredValue(Python), parsed.GetValue(Libraries));
        if (script.Obstacle() is { } obstacle)
        {
            Console.Error.WriteLine($"peer skipped: {obstacle}");
            return 0;
        }

        string settings = Machine.Describe(TimeProvider.System) + Describe(parsed);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("morula-peer-");
        try
        {
            PeerRow[] rows = [.. Measure(new PeerRun(script), [.. Plan(parsed, folder.FullName)])];
            string page = PeerReport.Write(rows, settings);
            Console.Out.Write(page);
            Repository.WriteResult(parsed.GetValue(Out), "peer.md", page);
            return rows.All(row => row.Theirs.Agrees(row.Ours)) ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // What malloc has to do with it is asked once, under the last conditions.
    private static IEnumerable<PeerRow> Measure(PeerRun run, PeerSetting[] plan) => plan.Select(run.Measure).Concat(run.WithSettings(plan[^1]));

    private static IEnumerable<PeerSetting> Plan(ParseResult parsed, string folder) =>
        from extent in parsed.GetRequiredValue(Extents)
        from batch in parsed.GetRequiredValue(Batches)
        from threads in parsed.GetRequiredValue(Threads)
        select new PeerSetting(
            parsed.GetRequiredValue(Options), parsed.GetRequiredValue(Set), Sizes.Parse(extent), Math.Max(1, batch),
            Math.Max(1, parsed.GetValue(Steps)), Math.Max(1, threads), parsed.GetValue(Seed), folder);

    private static string Describe(ParseResult parsed) =>
        $"- options: {string.Join(' ', [parsed.GetRequiredValue(Options), .. parsed.GetRequiredValue(Set)])}; measured: median of {parsed.GetValue(Steps)} behind one to warm up; seed {parsed.GetValue(Seed)}\n";
}
