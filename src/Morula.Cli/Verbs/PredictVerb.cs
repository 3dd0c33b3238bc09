using System.CommandLine;
using Morula.Formats;
using Morula.Inference;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>morula predict: images to cells.</summary>
internal static class PredictVerb
{
    private static readonly Argument<string[]> Images = new("images") { Description = "Image files, or folders of them.", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string> Model = new("--model") { Description = "Checkpoint written by train.", HelpName = "file", Required = true };

    private static readonly Option<string> Out = new("--out") { Description = "Folder for NAME.tif and NAME.cells.csv.", HelpName = "folder", Required = true };

    private static readonly Option<bool> Resume = new("--resume") { Description = "Leaves images alone whose results are already there." };

    public static Verb Create() => Verb.Create(
        "predict",
        "Finds the cells of images: a label volume and a table of cells for each.",
        [
            new VerbExample("predict embryo.tif --model run/best.safetensors --out cells", "writes cells/embryo.tif and cells/embryo.cells.csv"),
            new VerbExample("predict raw/ --model run/best.safetensors --out cells --resume", "predicts a folder, leaving out what is done"),
            new VerbExample("predict e.tif --model m.safetensors --out c --set Inference.Refinement.Enabled=false", "paints the network's masks as they are"),
        ],
        [Images, Model, Out, Resume, CommonOptions.Set, CommonOptions.Memory, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        IReadOnlyList<string> images = PredictionRun.Images(context.Value(Images));
        bool resume = context.Value(Resume);
        string folder = context.Value(Out);
        QuietTorch.EnsureLoaded();
        PredictionBound? bound = MemoryBound.Of(context) is { } most ? new PredictionBound(most, images) : null;
        using var run = new PredictionRun(context.Value(Model), context.Value(CommonOptions.Set), bound, new SaidLines(context));
        OutputFolder.Prepare(folder, context.Value(CommonOptions.Overwrite) || resume, resumable: true);
        int skipped = 0;
        try
        {
            for (int index = 0; index < images.Count; index++)
            {
                if (resume && PredictionFiles.In(folder, VolumeName.Of(images[index])).Exist)
                {
                    skipped++;
                    continue;
                }

                PredictedImage found = run.Predict(images[index], folder, new TileLines(context, index, images.Count), context.Stop);
                context.Output.WriteLine($"{found.Files.Labels}: {found.Prediction.Cells.Count} cells");
            }
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException("the same command and --resume");
        }

        MemoryBound.WritePeak(context);
        if (skipped > 0) context.Progress.Say($"{skipped} of {images.Count} images were done already");
    }

    /// <summary>Progress over all images in hundredths of an image.</summary>
    private sealed class TileLines(VerbContext context, int image, int images) : IProgress<double>
    {
        public void Report(double value) => context.Progress.Report((100 * image) + (long)(100 * value), 100 * images, caption: $"image {image + 1}/{images}  {100 * value:0} %");
    }
}
