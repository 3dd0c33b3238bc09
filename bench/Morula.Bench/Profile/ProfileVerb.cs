using System.CommandLine;
using System.Text;
using Morula.Bench.Cost;
using Morula.Measuring;
using Morula.Samples;

namespace Morula.Bench.Profile;

/// <summary>profile: where the time of a training step goes.</summary>
internal static class ProfileVerb
{
    private static readonly Option<string> Options = new("--options") { Description = "Preset or file of options.", DefaultValueFactory = _ => "lean" };

    private static readonly Option<string[]> Set = new("--set") { Description = "Section.Key=value, over the options.", DefaultValueFactory = _ => [] };

    private static readonly Option<string[]> Extents = new("--extent")
    {
        Description = "Sizes of the training image; may be given many times. Default: 64,64,64 and 128,128,128.",
        DefaultValueFactory = _ => ["64,64,64", "128,128,128"],
    };

    private static readonly Option<int> Batch = new("--batch") { Description = "Images a step.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Steps = new("--steps") { Description = "Measured steps; the median of each part counts.", DefaultValueFactory = _ => 5 };

    private static readonly Option<int> Threads = new("--threads") { Description = "Processor threads.", DefaultValueFactory = _ => Environment.ProcessorCount };

    private static readonly Option<int> Seed = new("--seed") { Description = "Of scenes and weights.", DefaultValueFactory = _ => 1 };

    private static readonly Option<string?> Out = new("--out") { Description = "Markdown file. Default: bench/results/profile.md." };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("profile", "Seconds of a training step by part, beside what the machine could do.")
        {
            Options, Set, Extents, Batch, Steps, Threads, Seed, Out,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var page = new StringBuilder($"# Where the time of a training step goes\n\nbench/README.md says what the columns mean.\n\n{Machine.Describe(TimeProvider.System)}");
        CostMeasurement.LoadTorch(parsed.GetValue(Threads));
        MachineLimit limit = MachineLimit.Measure();
        page.Append($"- options: {string.Join(' ', [parsed.GetRequiredValue(Options), .. parsed.GetRequiredValue(Set)])}; images a step: {parsed.GetValue(Batch)}; measured: median of {parsed.GetValue(Steps)} behind one to warm up; seed {parsed.GetValue(Seed)}\n");
        page.Append(limit.Describe()).Append('\n');
        foreach (string text in parsed.GetRequiredValue(Extents)) page.Append(Section(parsed, Sizes.Parse(text), limit));
        string whole = page.ToString().TrimEnd() + "\n";
        Console.Out.Write(whole);
        Repository.WriteResult(parsed.GetValue(Out), "profile.md", whole);
    }

    private static string Section(ParseResult parsed, int[] extent, MachineLimit limit)
    {
        Console.Error.WriteLine($"measuring {parsed.GetValue(Options)} at {Sizes.Name(extent)}");
        int seed = parsed.GetValue(Seed);
        StepScene scene = StepScene.Create(parsed.GetRequiredValue(Options), parsed.GetRequiredValue(Set), extent, Math.Max(1, parsed.GetValue(Batch)), seed);
        var run = new ProfileRun(scene, Math.Max(1, parsed.GetValue(Steps)), seed);
        if (run.Difference() is > 1e-4 and var difference)
            throw new InvalidOperationException($"The step by hand differs from the network's own by {difference:0.0e0}; its times would mean nothing.");
        return ProfileReport.Section(
            $"{Sizes.Name(extent)}, {scene.Samples.Sum(sample => sample.Cells.Count)} cells", run.Parts(), run.Whole(), Sampling(parsed, extent), limit);
    }

    private static double Sampling(ParseResult parsed, int[] extent)
    {
        SampleOptions options = MorulaOptions.Read(parsed.GetRequiredValue(Options), parsed.GetRequiredValue(Set)).Samples with { Crop = extent, Spacing = null };
        var (store, pair) = PackedScene.Open(PackedScene.Create(extent, parsed.GetValue(Seed)), options);
        var source = new SampleSource(store, [pair], options, parsed.GetValue(Seed));
        _ = source.Get(0);
        return Repeats.Median(Math.Max(1, parsed.GetValue(Steps)), repeat => _ = source.Get(repeat + 1));
    }
}
