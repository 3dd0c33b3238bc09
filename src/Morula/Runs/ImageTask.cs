using Morula.Formats;
using Morula.Inference;
using Morula.Streaming;

namespace Morula.Runs;

/// <summary>One image to be predicted: in one unit, or, where it has more voxels than are held at once, by tiles and blocks.</summary>
internal sealed class ImageTask : IDisposable
{
    private readonly PredictionRun run;
    private readonly string path;
    private readonly int? frame;
    private readonly PredictionFiles files;
    private readonly StreamParts parts;
    private readonly Lazy<StreamedImage>? streamed;

    /// <summary>Looks at the header of an image.</summary>
    /// <param name="run">The network.</param>
    /// <param name="path">The image, which suits the network.</param>
    /// <param name="frame">Frame of a file with a time axis; null for an image.</param>
    /// <param name="files">The results.</param>
    /// <param name="partsFolder">Receives what a large image leaves between stages.</param>
    public ImageTask(PredictionRun run, string path, int? frame, PredictionFiles files, string partsFolder)
    {
        (this.run, this.path, this.frame, this.files) = (run, path, frame, files);
        parts = new StreamParts(partsFolder);
        if (IsLarge(path, run)) streamed = new Lazy<StreamedImage>(() => run.Stream(path, frame, parts));
    }

    /// <summary>Whether the image is never held whole.</summary>
    public bool IsStreamed => streamed is not null;

    /// <summary>Whether an image has more voxels than are held at once.</summary>
    public static bool IsLarge(string path, PredictionRun run)
    {
        VolumeInfo info = VolumeFile.ReadInfo(path);
        return run.Options.Model.Rank < 4 && info.Extent.Count / info.Frames > run.Options.Inference.BlockVoxels;
    }

    /// <summary>Number of units of a stage.</summary>
    public int Units(PredictionStage stage) => streamed?.Value.Units(stage) ?? (stage == PredictionStage.Find ? 1 : 0);

    /// <summary>Whether a unit has left its file.</summary>
    public bool IsDone(PredictionStage stage, int unit) => files.Exist || (streamed?.Value.IsDone(stage, unit) ?? false);

    /// <summary>Does a unit.</summary>
    public void Do(PredictionStage stage, int unit, CancellationToken cancellation)
    {
        if (streamed is null) run.PredictWhole(path, frame, files, null, cancellation);
        else if (stage != PredictionStage.Finish) streamed.Value.Do(stage, unit, run.Tiles, cancellation);
        else
        {
            streamed.Value.Finish(files);
            parts.Delete();
        }
    }

    /// <summary>Closes the image.</summary>
    public void Dispose()
    {
        if (streamed is { IsValueCreated: true }) streamed.Value.Dispose();
    }
}
