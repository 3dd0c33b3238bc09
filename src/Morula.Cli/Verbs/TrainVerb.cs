using System.CommandLine;
using Morula.Runs;
using Morula.Tensors;

namespace Morula.Cli.Verbs;

/// <summary>morula train: annotated images to a network.</summary>
internal static class TrainVerb
{
    private static readonly Argument<string> Options = new("options")
    {
        Description = "JSON file that says what differs from its preset, or the name of a preset (lean, reference).",
        DefaultValueFactory = _ => "lean",
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder with raw/ and labels/ of the same file names, or an index file (.csv: image,labels,split).",
        HelpName = "folder",
        Required = true,
    };

    private static readonly Option<string> Out = new("--out") { Description = "Folder for checkpoints, log and report.", HelpName = "folder", Required = true };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Goes on from the last checkpoint in the output folder, with the options it was started with.",
    };

    public static Verb Create() => Verb.Create(
        "train",
        "Trains a network on annotated images.",
        [
            new VerbExample("train lean --data embryo --out run", "trains the lean preset on a folder with raw/ and labels/"),
            new VerbExample("train my.json --data embryo --out run --set Training.Steps=8000", "takes a file of options and changes one"),
            new VerbExample("train --data embryo --out run --resume", "goes on after Ctrl-C, or a crash, to the very same losses"),
        ],
        [Options, Data, Out, Resume, CommonOptions.Set, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        string folder = context.Value(Out);
        bool resume = context.Value(Resume);
        MorulaOptions options = resume
            ? TrainingRun.OptionsOf(folder, context.Value(CommonOptions.Set))
            : MorulaOptions.Read(context.Value(Options), context.Value(CommonOptions.Set));
        if (!resume) OutputFolder.Prepare(folder, context.Value(CommonOptions.Overwrite));
        TorchLibrary.EnsureLoaded();
        TrainingOutcome outcome = TrainingRun.Start(options, context.Value(Data), folder, resume, new TrainingLines(context), context.Stop);
        context.Progress.Dispose();
        context.Output.WriteLine($"{(outcome.IsComplete ? "trained" : "stopped; go on with --resume")}: {(outcome.IsComplete ? outcome.BestPath : outcome.LastPath)}");
        context.Output.WriteLine($"report: {outcome.ReportPath}");
        if (!outcome.IsComplete) throw new OperationCanceledException();
    }
}
