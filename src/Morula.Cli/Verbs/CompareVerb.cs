using System.CommandLine;
using Morula.Comparison;

namespace Morula.Cli.Verbs;

/// <summary>morula compare: networks under the same conditions.</summary>
internal static class CompareVerb
{
    private const int Hundredths = 10_000;

    private static readonly Argument<string[]> Networks = new("networks")
    {
        Description = "Options files, or names of presets, one for each network.",
        Arity = ArgumentArity.OneOrMore,
        HelpName = "networks",
        CompletionSources = { _ => Presets.All.Keys },
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder with raw/ and labels/ of the same file names, or an index file (.csv: image,labels,split).",
        HelpName = "folder",
        Required = true,
    };

    private static readonly Option<string> Out = new("--out") { Description = "Folder for everything; a comparison that it holds goes on.", HelpName = "folder", Required = true };

    private static readonly Option<int?> Steps = new("--steps") { Description = "Steps of every training.", HelpName = "number" };

    private static readonly Option<double?> Minutes = new("--minutes") { Description = "Minutes of every training, in the place of steps.", HelpName = "number" };

    private static readonly Option<int> Seeds = new("--seeds") { Description = "Trainings of each network, with different seeds.", HelpName = "number", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Threads = new("--threads") { Description = "Processor threads; 0: all.", HelpName = "number", DefaultValueFactory = _ => 0 };

    public static Verb Create() => Verb.Create(
        "compare",
        "Trains networks under the same conditions, each in a process of its own, and shows quality and cost side by side.",
        [
            new VerbExample("compare lean reference --data embryo --out comparison --minutes 60", "gives both presets an hour and writes comparison/compare.html"),
            new VerbExample("compare a.json b.json --data embryo --out comparison --steps 4000 --seeds 3", "trains each network three times; repeated after Ctrl-C, it goes on"),
            new VerbExample("compare lean lean4d --data movie --out comparison --minutes 60", "where held-out frames follow each other and tracks.csv is there: judges tracks too"),
        ],
        [Networks, Data, Out, Steps, Minutes, Seeds, Threads, CommonOptions.Set],
        Run);

    private static void Run(VerbContext context)
    {
        var conditions = new ComparisonConditions(
            context.Value(Steps), context.Value(Minutes), context.Value(Seeds), context.Value(Threads), context.Value(CommonOptions.Set));
        ComparisonOutcome outcome;
        try
        {
            outcome = NetworkComparison.Run(
                context.Value(Networks), context.Value(Data), conditions, context.Value(Out), ThisProgram.Launcher(CompareMemberVerb.Name).Launch,
                TimeProvider.System, new Lines(context), context.Stop);
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException("the same command");
        }

        context.Result(
            new { page = outcome.PagePath, tables = outcome.MarkdownPath, numbers = outcome.JsonPath },
            $"page:    {outcome.PagePath}", $"tables:  {outcome.MarkdownPath}", $"numbers: {outcome.JsonPath}");
    }

    private sealed class Lines(VerbContext context) : IProgress<ComparisonProgress>
    {
        public void Report(ComparisonProgress value)
        {
            if (value.Message is not null) context.Progress.Say(value.Message);
            else context.Progress.Report((long)(value.Share * Hundredths), Hundredths, caption: $"{100 * value.Share:0} %  {value.Text}");
        }
    }
}
