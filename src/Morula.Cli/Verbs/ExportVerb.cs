using System.CommandLine;
using Morula.Formats;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>morula export: a tracked movie in the layout of another program.</summary>
internal static class ExportVerb
{
    private static readonly (string Name, ExportFormat Format)[] Formats =
    [
        ("ctc", ExportFormat.TrackingChallenge), ("astec", ExportFormat.Astec), ("morphonet", ExportFormat.MorphoNet),
        ("trackmate", ExportFormat.TrackMate), ("csv", ExportFormat.Csv), ("morula", ExportFormat.Morula),
    ];

    private static readonly Argument<string> Movie = new("movie")
    {
        Description = "Folder with labels/ and tracks.csv, of the Cell Tracking Challenge (a result, TRA/ or 01_GT), or of ASTEC (POST/...).",
    };

    private static readonly Option<string> To = new("--to")
    {
        Description = "ctc (masks, res_track.txt), astec (labels, properties), morphonet (surfaces, properties), trackmate (XML for Fiji), csv (tables), morula (labels/, tables).",
        HelpName = "format",
        Required = true,
        CompletionSources = { _ => Formats.Select(format => format.Name) },
    };

    private static readonly Option<string> Out = new("--out") { Description = "Folder to write.", HelpName = "folder", Required = true };

    private static readonly Option<string?> Name = new("--name") { Description = "Name of the embryo, with which files begin; the movie's folder unless given.", HelpName = "name" };

    private static readonly Option<double?> MeshStep = new("--mesh-step")
    {
        Description = "For morphonet: step of the grid on which surfaces are drawn, in um; a larger one makes smaller files. A tenth of a usual cell unless given.",
        HelpName = "um",
    };

    private static readonly Option<double?> Interval = new("--interval") { Description = "For trackmate: time between frames; times are frames unless given.", HelpName = "seconds" };

    private static readonly Option<string?> Image = new("--image") { Description = "For trackmate: the image that Fiji opens beneath the tracks.", HelpName = "file" };

    public static Verb Create() => Verb.Create(
        "export",
        "Writes a tracked movie in the layout of another program; reads those of some, too.",
        [
            new VerbExample("export tracked --to ctc --out 01_RES", "a result for the Cell Tracking Challenge"),
            new VerbExample("export POST/POST_RELEASE --to ctc --out 01_RES", "the same from an embryo of ASTEC"),
            new VerbExample("export tracked --to astec --out POST --name 200101-Emb", "labels 200101-Emb_post_t000.tif ... and their properties"),
            new VerbExample("export tracked --to morphonet --out upload --mesh-step 1.5", "a surface per cell on a grid of 1.5 um, and properties"),
            new VerbExample("export tracked --to trackmate --out fiji --frames 10..40 --interval 90", "a part of the movie, to be corrected by hand in Fiji"),
        ],
        [Movie, To, Out, Name, FrameRange.Option, MeshStep, Interval, Image, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        string folder = context.Value(Out);
        FrameRange range = FrameRange.Of(context);
        var request = new ExportRequest(context.Value(Movie), FormatOf(context.Value(To)), folder)
        {
            Name = context.Value(Name),
            FirstFrame = range.First,
            LastFrame = range.Last,
            MeshStep = context.Value(MeshStep),
            TrackMate = new TrackMateOptions(context.Value(Interval), context.Value(Image)),
        };
        int frames = ExportRun.Open(request).Labels.Count;
        OutputFolder.Prepare(folder, context.Value(CommonOptions.Overwrite));
        ExportOutcome outcome = ExportRun.Run(request, new FrameLines(context, frames), context.Stop);
        context.Result(new { folder, outcome.Frames, outcome.Tracks, outcome.Cells }, $"{folder}: {outcome.Frames} frames, {outcome.Tracks} tracks, {outcome.Cells} cells");
    }

    private static ExportFormat FormatOf(string name)
    {
        int found = Array.FindIndex(Formats, format => format.Name == name);
        return found >= 0
            ? Formats[found].Format
            : throw new UsageException($"there is no format \"{name}\" to export to; expected {string.Join(", ", Formats.Select(format => format.Name))}.");
    }

    private sealed class FrameLines(VerbContext context, int count) : IProgress<int>
    {
        public void Report(int value) => context.Progress.Report(value, count, caption: $"frame {value}/{count}");
    }
}
