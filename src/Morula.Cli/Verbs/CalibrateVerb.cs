using System.CommandLine;
using System.Globalization;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>morula calibrate: annotated images teach a network to foretell the quality of its cells.</summary>
internal static class CalibrateVerb
{
    private static readonly Option<string> Model = new("--model")
    {
        Description = "Checkpoint, or name of a network that comes with the program.",
        HelpName = "file",
        DefaultValueFactory = _ => ShippedNetworks.Default,
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Annotated images that did not teach the network: folder with raw/ and labels/, or an index file, of which the validation images are used.",
        HelpName = "folder",
        Required = true,
    };

    private static readonly Option<string> Out = new("--out") { Description = "Checkpoint to write: the same weights, and what was learnt.", HelpName = "file", Required = true };

    public static Verb Create() => Verb.Create(
        "calibrate",
        "Teaches a network to foretell the overlap (IoU) of each cell with its truth, and tells how far its scores can be believed.",
        [
            new VerbExample("calibrate --model run/best.safetensors --data annotated --out calibrated.safetensors", "adds the column predicted_iou to the tables that predict writes with the new file"),
        ],
        [Model, Data, Out, CommonOptions.Device, CommonOptions.Set, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        string target = context.Value(Out);
        OutputFile.RequireFree(target, "checkpoint", context.Value(CommonOptions.Overwrite));
        CalibrationOutcome found = CalibrationRun.Run(
            ShippedNetworks.PathOf(context.Value(Model)), context.Value(Data), target, CommonOptions.Overrides(context), new ImageLines(context), context.Stop);
        context.Progress.Dispose();
        context.Result(new { checkpoint = target, calibration = found }, output => Print(output, found, target));
    }

    private static void Print(TextWriter output, CalibrationOutcome found, string target)
    {
        output.WriteLine($"{found.Cells} cells in {found.Images} images");
        output.WriteLine("score          cells  mean score  right  mean IoU");
        foreach (CalibrationBin bin in found.Scores)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bin.From,4:0.00} to {bin.To,4:0.00}  {bin.Cells,6}  {bin.Score,10:0.000}  {bin.Right,5:0.000}  {bin.Overlap,8:0.000}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"predicted IoU, on images that did not teach it: off by {found.Error:0.000}, rank correlation {found.RankCorrelation:0.000}"));
        if (found is { FoundFirst: { } first, FoundFirstByScore: { } byScore })
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wrong cells among the tenth to be looked at first: {first:0%} by predicted IoU, {byScore:0%} by score"));
        output.WriteLine($"written: {target}");
    }

    private sealed class ImageLines(VerbContext context) : IProgress<(int Done, int Count)>
    {
        public void Report((int Done, int Count) value) => context.Progress.Report(value.Done, value.Count, caption: $"image {value.Done + 1}/{value.Count}");
    }
}
