using System.CommandLine;
using Morula.Fitting;
using Morula.Formats;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>morula fit: a data set to options that suit it.</summary>
internal static class FitVerb
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder with raw/ and labels/ of the same file names, or an index file (.csv: image,labels,split).",
        HelpName = "folder",
        Required = true,
    };

    private static readonly Option<string> Preset = new("--preset")
    {
        Description = "Preset to start from (nano, lean, lean4d, large, reference).",
        HelpName = "name",
        DefaultValueFactory = _ => "lean",
        CompletionSources = { _ => Presets.All.Keys },
    };

    private static readonly Option<string?> Out = new("--out") { Description = "Options file to write, with the reasons as comments.", HelpName = "file" };

    private static readonly Option<string?> Json = new("--json") { Description = "Writes keys, values and reasons to this file, for other programs.", HelpName = "file" };

    private static readonly Option<int> Images = new("--images")
    {
        Description = "Images to read whole, evenly drawn; of the others the headers are read.",
        HelpName = "number",
        DefaultValueFactory = _ => FittingRun.MostImages,
    };

    public static Verb Create() => Verb.Create(
        "fit",
        "Looks at a data set and recommends options for it, with reasons.",
        [
            new VerbExample("fit --data embryo", "prints what suits the images, and why"),
            new VerbExample("fit --data embryo --out my.json", "also writes it as a file for morula train"),
        ],
        [Data, Preset, Out, Json, Images, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        string? path = context.Value(Out);
        if (path is not null) OutputFile.RequireFree(path, "options file", context.Value(CommonOptions.Overwrite));
        int most = context.Value(Images);
        if (most < 1) throw new UsageException($"{Images.Name} is {most}; at least 1 is needed.");
        Recommendation found = FittingRun.Recommend(
            context.Value(Data), context.Value(Preset), most, progress: new ImageLines(context, most), cancellation: context.Stop);
        if (context.Value(Json) is { } json) AtomicFile.WriteText(json, found.ToJson());
        if (path is not null) AtomicFile.WriteText(path, found.ToFile());
        context.Result(new { found.Seen, found.Advice, file = path }, output =>
        {
            output.WriteLine(found.Seen);
            AdviceTable.Print(output, found.Advice);
            if (path is not null) output.WriteLine($"written: {path}; train with: morula train {path} --data {context.Value(Data)} --out run");
        });
    }

    private sealed class ImageLines(VerbContext context, int most) : IProgress<int>
    {
        public void Report(int value) => context.Progress.Report(value, most, caption: $"image {value}");
    }
}
