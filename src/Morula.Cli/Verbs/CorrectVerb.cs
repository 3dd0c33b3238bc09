using System.CommandLine;
using Morula.Correction;

namespace Morula.Cli.Verbs;

/// <summary>morula correct: a result with the edits made in the viewer, as a data set.</summary>
internal static class CorrectVerb
{
    private static readonly Argument<string> Result = new("result") { Description = "Result whose edits were made with view." };

    private static readonly Option<string> Out = new("--out") { Description = "Folder for raw/, labels/ and tracks.csv.", HelpName = "folder", Required = true };

    private static readonly Option<string?> Image = new("--image") { Description = "The image, or the folder of images; if left out, as the result remembers.", HelpName = "path" };

    public static Verb Create() => Verb.Create(
        "correct",
        "Applies the edits made in the viewer and writes a data set that train takes for truth.",
        [
            new VerbExample("correct found --out data2", "writes data2/raw, data2/labels and data2/tracks.csv"),
            new VerbExample("correct found --out data2 --image frames/", "where the result does not remember its images"),
        ],
        [Result, Out, Image, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        SegmentedResult result = SegmentedResult.Open(context.Value(Result));
        ViewRecord record = ViewRecord.Of(result, context.Value(Image));
        string folder = context.Value(Out);
        OutputFolder.Prepare(folder, context.Value(CommonOptions.Overwrite));
        try
        {
            var corrected = new CorrectedResult(result, EditList.Read(result.EditsPath));
            CorrectionOutcome outcome = CorrectionRun.Run(corrected, folder, record.Image, new FrameLines(context, result.Labels.All.Count), context.Stop);
            context.Progress.Dispose();
            foreach (string repair in outcome.Repairs) context.Progress.Say($"note: {repair}");
            if (!outcome.HasImages) context.Progress.Say($"note: no images are known, so {Path.Combine(folder, "raw")} is missing; pass --image to train with it");
            context.Result(
                new { folder, outcome.Frames, outcome.Edits, outcome.Changed },
                $"{folder}: {outcome.Frames} frames, {outcome.Edits} edits, {outcome.Changed} frames changed");
        }
        catch (EditException problem)
        {
            throw new UsageException($"{result.EditsPath}: {problem.Message}");
        }
    }

    private sealed class FrameLines(VerbContext context, int count) : IProgress<int>
    {
        public void Report(int value) => context.Progress.Report(value, count, caption: $"frame {value}/{count}");
    }
}
