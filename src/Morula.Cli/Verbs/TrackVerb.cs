using System.CommandLine;
using Morula.Formats;
using Morula.Linking;
using Morula.Options;
using Morula.Runs;
using Morula.Tracking;

namespace Morula.Cli.Verbs;

/// <summary>morula track: cells of single frames to tracks.</summary>
internal static class TrackVerb
{
    private static readonly Argument<string> Labels = new("labels") { Description = "Folder of label volumes, one per frame and numbered, or one file with a time axis; of any program." };

    private static readonly Option<string> Out = new("--out") { Description = "Folder for labels/NAME.tif and tracks.csv.", HelpName = "folder", Required = true };

    private static readonly Option<string?> Like = new("--like")
    {
        Description = "Learns what links cost from a movie whose tracks are known: a folder with labels/ and tracks.csv.",
        HelpName = "folder",
    };

    public static Verb Create() => Verb.Create(
        "track",
        "Links the cells of single frames into tracks with divisions: one label along each track, and who descends from whom.",
        [
            new VerbExample("track cells --out tracked", "writes tracked/labels/NAME.tif and tracked/tracks.csv"),
            new VerbExample("track movie.tif --out tracked --frames 0..49", "links the first fifty frames of one file"),
            new VerbExample("track cells --out tracked --like annotated", "learns from annotated/labels and annotated/tracks.csv how cells move and divide"),
            new VerbExample("track cells --out tracked --set StepSpread=0.4 --set DivisionRate=0.01", "for cells that move far and divide seldom"),
        ],
        [Labels, Out, FrameRange.Option, Like, CommonOptions.Set, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        FrameRange range = FrameRange.Of(context);
        string[] set = context.Value(CommonOptions.Set);
        LinkOptions options = OptionsFile.Override(new LinkOptions(), set);
        FrameSequence labels = FrameSequence.Open(context.Value(Labels), range.First, range.Last);
        if (context.Value(Like) is { } known) options = Learn(context, known, options, set);
        foreach (OptionRow row in OptionsDescription.Of(options)) context.Progress.Detail($"  {row.Key} is {row.Default}");
        OutputFolder.Prepare(context.Value(Out), context.Value(CommonOptions.Overwrite));
        LinkOutcome outcome = LinkRun.Run(labels, context.Value(Out), options, new ExactLinkSolver(), progress: new ShareLines(context), cancellation: context.Stop);
        int divisions = outcome.Lineage.Divisions.Count();
        context.Result(
            new { table = outcome.Table, outcome.Frames, outcome.Cells, tracks = outcome.Lineage.Tracks.Count, divisions },
            $"{outcome.Table}: {outcome.Frames} frames, {outcome.Cells} cells in {outcome.Lineage.Tracks.Count} tracks, {divisions} divisions");
    }

    private static LinkOptions Learn(VerbContext context, string known, LinkOptions start, string[] set)
    {
        TrackedMovie movie = TrackedMovie.Open(known);
        LinkOptions learnt = OptionsFile.Override(LinkFit.Learn(movie, start, new FrameLines(context, movie.Labels.Count), context.Stop), set);
        context.Progress.Dispose();
        foreach (OptionRow row in OptionsDescription.Of(learnt)) context.Progress.Say($"{row.Key} {row.Default}");
        return learnt;
    }

    private sealed class FrameLines(VerbContext context, int count) : IProgress<int>
    {
        public void Report(int value) => context.Progress.Report(value, count, caption: $"learning from frame {value}/{count}");
    }

    private sealed class ShareLines(VerbContext context) : IProgress<double>
    {
        public void Report(double value) => context.Progress.Report((long)(1000 * value), 1000, caption: $"linking  {100 * value:0} %");
    }
}
