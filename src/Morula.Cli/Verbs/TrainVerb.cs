using System.CommandLine;
using Morula.Runs;
using Morula.Sharing;

namespace Morula.Cli.Verbs;

/// <summary>morula train: annotated images to a network.</summary>
internal static class TrainVerb
{
    private const string DefaultPreset = "lean";

    private static readonly Argument<string?> Options = new("options")
    {
        Description = "JSON file that says what differs from its preset, or the name of a preset (nano, lean, lean4d, large, reference). Left out: lean; with --resume, what the training was started with.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "options",
        CompletionSources = { _ => Presets.All.Keys },
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder with raw/ and labels/ of the same file names, or an index file (.csv: image,labels,split).",
        HelpName = "folder",
        Required = true,
    };

    private static readonly Option<string> Out = new("--out") { Description = "Folder for checkpoints, log and report.", HelpName = "folder", Required = true };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "Checkpoint, or name of a network that comes with the program, whose weights the network starts with: of the same network, or of one for single images where this one sees movies (Training.From).",
        HelpName = "file",
        CompletionSources = { _ => ShippedNetworks.Names },
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Goes on from the last checkpoint in the output folder. The length of the training and its validation may be changed by --set, the rest is fixed.",
    };

    public static Verb Create() => Verb.Create(
        "train",
        "Trains a network on annotated images.",
        [
            new VerbExample("train lean --data embryo --out run", "trains the lean preset on a folder with raw/ and labels/"),
            new VerbExample("train my.json --data embryo --out run --set Training.Steps=8000", "takes a file of options and changes one"),
            new VerbExample("train lean4d --data movie --out run4d --from run/best.safetensors", "teaches a network to see a movie (raw/, labels/, tracks.csv), starting with one for single images"),
            new VerbExample("train --data embryo --out run --resume", "goes on after Ctrl-C, or a crash, to the very same losses"),
            new VerbExample("train lean --data embryo --out run --set Training.BatchSize=2", "behind mpirun -n 2, or srun -n 2: each process takes one of the two images of a step"),
            new VerbExample("train lean --data embryo --out run --memory 2GB", "chooses the fastest means that keep within two gigabytes"),
            new VerbExample("train --data embryo --out run --resume --set Training.Steps=8000", "makes a training longer"),
        ],
        [Options, Data, Out, From, Resume, CommonOptions.Device, CommonOptions.Set, CommonOptions.Memory, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        using IProcessGroup group = ProcessGroup.Join();
        try
        {
            Run(context, group);
        }
        catch (Exception fault) when (group.Count > 1 && fault is not StoppedException)
        {
            EndTogether.With(fault, group, context);
        }
    }

    private static void Run(VerbContext context, IProcessGroup group)
    {
        string folder = context.Value(Out);
        bool resume = context.Value(Resume);
        string[] set = CommonOptions.Overrides(context);
        MorulaOptions options = resume
            ? TrainingRun.OptionsToResume(folder, context.Value(Options), set)
            : MorulaOptions.Read(context.Value(Options) ?? DefaultPreset, set);
        if (context.Value(From) is { } from) options = options with { Training = options.Training with { From = from } };
        if (!resume && options.Training.From.Length > 0) _ = ShippedNetworks.PathOf(options.Training.From);
        if (!resume && group.Index == 0) OutputFolder.Prepare(folder, context.Value(CommonOptions.Overwrite), resumable: true);
        if (group.Index == 0) ChosenOptions.Tell(context, options, resume ? $"those of the training in {folder}" : context.Value(Options) ?? $"{DefaultPreset}, since none are named");
        QuietTorch.EnsureLoaded();
        TrainingOutcome outcome = TrainingRun.Start(options, context.Value(Data), folder, resume, new TrainingLines(context), context.Stop, MemoryBound.Of(context), group);
        if (group.Index > 0) return;
        context.Result(
            new { complete = outcome.IsComplete, best = outcome.BestPath, last = outcome.LastPath, report = outcome.ReportPath },
            [
                $"{(outcome.IsComplete ? "trained: " : "saved:  ")} {(outcome.IsComplete ? outcome.BestPath : outcome.LastPath)}",
                $"report:  {outcome.ReportPath}",
                .. MemoryBound.PeakLine(context),
            ]);
        if (!outcome.IsComplete) throw new StoppedException($"morula train --data {context.Value(Data)} --out {folder} --resume");
    }
}
