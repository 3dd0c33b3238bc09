using System.CommandLine;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>morula demo: from nothing to segmented cells.</summary>
internal static class DemoVerb
{
    private static readonly Option<string> Out = new("--out") { Description = "Folder for everything the demo makes.", HelpName = "folder", DefaultValueFactory = _ => "morula-demo" };

    private static readonly Option<double> Minutes = new("--minutes") { Description = "With --train: longest training, in minutes.", HelpName = "number", DefaultValueFactory = _ => 5 };

    private static readonly Option<bool> Train = new("--train") { Description = "Teaches a network on the spot, on synthetic embryos, instead of using the one that comes with the program." };

    private static readonly Option<int> Seed = new("--seed") { Description = "Number every random choice is drawn from.", HelpName = "number", DefaultValueFactory = _ => 1 };

    public static Verb Create() => Verb.Create(
        "demo",
        "Synthesises an embryo, finds its cells, and writes a page with pictures; with --train teaches a network first.",
        [
            new VerbExample("demo", "writes morula-demo/demo.html"),
            new VerbExample("demo --train --minutes 15 --out taught", "teaches a network for at most 15 minutes first"),
        ],
        [Out, Train, Minutes, Seed, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        double minutes = context.Value(Minutes);
        if (!(minutes > 0)) throw new UsageException($"--minutes is {minutes}; a positive number is expected.");
        string folder = OutputFolder.Prepare(context.Value(Out), context.Value(CommonOptions.Overwrite)).FullName;
        QuietTorch.EnsureLoaded();
        DemoOutcome outcome = Demo.Run(folder, context.Value(Train) ? minutes : null, context.Value(Seed), new TrainingLines(context), context.Stop);
        context.Progress.Dispose();
        foreach (string name in new[] { "truth cells", "predicted cells", "AP50", "SEG", "accuracy@0.5" })
            context.Output.WriteLine($"{name,-16} {outcome.Scores.Table[name]:0.###}");
        context.Output.WriteLine($"labels: {outcome.Files.Labels}");
        context.Output.WriteLine($"cells:  {outcome.Files.Cells}");
        context.Output.WriteLine($"model:  {outcome.ModelPath}");
        context.Output.WriteLine($"page:   {outcome.PagePath}");
    }
}
