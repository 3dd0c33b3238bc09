using System.CommandLine;
using System.Text.Json;
using Morula.Formats;
using Morula.Planning;
using Morula.Runs;
using Morula.Volumes;

namespace Morula.Cli.Verbs;

/// <summary>morula plan: the memory that a training and a prediction will take.</summary>
internal static class PlanVerb
{
    private static readonly Argument<string> Source = new("options")
    {
        Description = "JSON file of options, or the name of a preset (nano, lean, lean4d, large, reference).",
        DefaultValueFactory = _ => "lean",
        HelpName = "options",
        CompletionSources = { _ => Presets.All.Keys },
    };

    private static readonly Option<string?> Extent = new("--extent")
    {
        Description = "Sizes of the images, slowest axis of space first, such as 128,128,128; training takes crops of that size. Default: Samples.Crop, or the largest of --data.",
        HelpName = "Z,Y,X",
    };

    private static readonly Option<int> Frames = new("--frames") { Description = "Frames of a movie: the network is then of rank 4.", HelpName = "T" };

    private static readonly Option<int?> Cells = new("--cells") { Description = "Cells in an image. Default: as many of 20 voxels a side as fill half of it.", HelpName = "N" };

    private static readonly Option<string?> Data = new("--data") { Description = "Data set whose images count, read by their headers.", HelpName = "folder" };

    private static readonly Option<string> Device = new("--device")
    {
        Description = "cpu, or cuda:0 for the tensors alone, which has not been measured.",
        DefaultValueFactory = _ => "cpu",
        CompletionSources = { "cpu", "cuda:0" },
    };

    private static readonly Option<bool> Fit = new("--fit") { Description = "Searches the fastest means that keep within --memory." };

    private static readonly Option<bool> AllowPrecision = new("--allow-precision") { Description = "Lets --fit use half precision, which changes gradients by about 1 %." };

    private static readonly Option<string?> Out = new("--out") { Description = "Writes the options, fitted where --fit is given.", HelpName = "file.json" };

    private static readonly Option<string?> Json = new("--json") { Description = "Writes the figures.", HelpName = "file.json" };

    private static readonly Option<string?> Page = new("--page") { Description = "Writes a page with table and pictures.", HelpName = "file.html" };

    public static Verb Create() => Verb.Create(
        "plan",
        "Foretells the memory of a training and of a prediction, and finds settings that keep within a bound.",
        [
            new VerbExample("plan lean --extent 128,128,128", "says what every part of the network will hold"),
            new VerbExample("plan my.json --data embryo --memory 4GB", "says whether a training on a data set fits"),
            new VerbExample("plan reference --memory 4GB --fit --out fitted.json", "finds the fastest means that fit"),
        ],
        [Source, Extent, Frames, Cells, Data, CommonOptions.Memory, Fit, AllowPrecision, Device, Out, Json, Page, CommonOptions.Set],
        Run);

    private static void Run(VerbContext context)
    {
        MorulaOptions options = MorulaOptions.Read(context.Value(Source), context.Value(CommonOptions.Set));
        int[]? extent = context.Value(Extent) is { } text ? PlanSizes.Parse(text, context.Value(Frames)) : null;
        if (extent is not null) options = PlanRun.WithCrop(options, extent);
        bool onCard = PlanSizes.IsCard(context.Value(Device));
        PlanSubject subject = context.Value(Data) is { } data
            ? PlanRun.Subject(options, data, context.Value(Cells), onCard)
            : PlanRun.Subject(PlanRun.Crop(options), context.Value(Cells), onCard);
        long? budget = context.Value(CommonOptions.Memory) is { } size ? ByteSize.Parse(size, CommonOptions.Memory.Name) : null;
        if (context.Value(Fit)) options = Fitted(context, options, subject, budget);
        PlanOutcome outcome = PlanRun.Foretell(options, subject);
        if (context.Value(Page) is { } page) PlanPage.Write(outcome, page);
        if (context.Value(Out) is { } file) AtomicFile.WriteText(file, Options.OptionsFile.Write(options));
        if (context.Value(Json) is { } json) AtomicFile.WriteText(json, JsonSerializer.Serialize(new { outcome.Step, outcome.Validation, outcome.Prediction }));
        context.Result(
            new { trainingBytes = outcome.TrainingPeak, predictionBytes = outcome.Prediction.Peak, budgetBytes = budget, options = context.Value(Out) },
            output => PlanLines.Write(output, outcome, subject, budget));
    }

    private static MorulaOptions Fitted(VerbContext context, MorulaOptions options, PlanSubject subject, long? budget)
    {
        if (budget is not { } most) throw new UsageException($"{Fit.Name} needs {CommonOptions.Memory.Name}, such as {CommonOptions.Memory.Name} 8GB.");
        PlanFit fit = PlanRun.Fit(options, subject, most, context.Value(AllowPrecision));
        foreach (string change in fit.Changes) context.Item(new { fitted = change }, $"fitted: {change}");
        return fit.Options;
    }
}
