using Morula.Formats;
using Morula.Inference;
using Morula.Model;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>
/// The prediction of an image that is never held whole, in stages that leave files: scan, tiles, settling, blocks, end. Tiles, and
/// blocks, may be done in any order and by several processes; what is there is not done again.
/// </summary>
internal sealed class StreamedImage : IDisposable
{
    private readonly VolumeSource source;
    private readonly StreamParts parts;
    private readonly SampleOptions samples;
    private readonly InferenceOptions inference;
    private readonly TileStage tiles;
    private readonly SettleStage settling;
    private readonly PaintStage painting;
    private ImageScan? scan;
    private NormalisationMoments? moments;

    /// <summary>Opens an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">Axes that the network sees: 2 or 3.</param>
    /// <param name="frame">One frame of a movie; null where the file is one image.</param>
    /// <param name="samples">Working grid and normalisation.</param>
    /// <param name="inference">Tiles, blocks, thresholds.</param>
    /// <param name="stride">Sizes of tiles are multiples of this.</param>
    /// <param name="cell">The largest size of a cell, in voxels of the working grid.</param>
    /// <param name="parts">Where the stages leave their files.</param>
    /// <exception cref="Options.OptionsException">The halo leaves no room in a tile or a block.</exception>
    public StreamedImage(string path, int rank, int? frame, SampleOptions samples, InferenceOptions inference, ReadOnlySpan<int> stride, int cell, StreamParts parts)
    {
        source = VolumeSource.OpenImage(path, frame: frame, rank: rank);
        (this.samples, this.inference, this.parts) = (samples.OfFrame(rank), inference, parts);
        Extent working = CommonGrid.Working(source.Spacing, source.Extent, this.samples.Spacing);
        Plan = StreamPlan.Of(source.Extent, source.Spacing, working, inference, stride, cell);
        tiles = new TileStage(Plan, parts, inference.Stitching);
        settling = new SettleStage(Plan, parts, inference.Stitching);
        painting = new PaintStage(source, Plan, parts, inference);
    }

    /// <summary>Tiles and blocks.</summary>
    public StreamPlan Plan { get; }

    private ImageScan Scan => scan ??= ScanFile.Read(parts.Scan);

    private NormalisationMoments? Moments => moments ??= MomentsFile.Read(parts.Moments);

    /// <summary>Number of units of a stage.</summary>
    public int Units(PredictionStage stage) => stage switch
    {
        PredictionStage.Find => Plan.Tiles.Count,
        PredictionStage.Paint => Plan.Blocks.Count,
        _ => 1,
    };

    /// <summary>Whether a unit has left its file; the end never has.</summary>
    public bool IsDone(PredictionStage stage, int unit) => stage switch
    {
        PredictionStage.Scan => File.Exists(parts.Scan),
        PredictionStage.Find => tiles.IsDone(unit),
        PredictionStage.Settle => settling.IsDone,
        PredictionStage.Paint => painting.IsDone(unit),
        _ => false,
    };

    /// <summary>Does a unit of any stage but the end, whose earlier stages are done.</summary>
    /// <param name="stage">Of the unit.</param>
    /// <param name="unit">Number of a tile or a block.</param>
    /// <param name="network">Finds the cells of a tile.</param>
    /// <param name="cancellation">Stops in between where that is possible.</param>
    /// <exception cref="VolumeFormatException">What an earlier stage left is missing or damaged.</exception>
    public void Do(PredictionStage stage, int unit, ITileNetwork network, CancellationToken cancellation)
    {
        if (stage == PredictionStage.Scan) Look(network, cancellation);
        else if (stage == PredictionStage.Find) tiles.Run(unit, new WorkingImage(source, Plan.Working, Scan.Scale), network, Moments);
        else if (stage == PredictionStage.Settle) settling.Run(cancellation);
        else if (stage == PredictionStage.Paint) painting.Run(unit, Scan);
        else throw new ArgumentOutOfRangeException(nameof(stage), stage, "The end has results of its own.");
    }

    // The file of the scan is the last one: it says that all is there.
    private void Look(ITileNetwork network, CancellationToken cancellation)
    {
        ImageScan seen = ImageScan.Of(source, Plan.Working, samples, inference.Refinement.SmoothingMicrometres, inference.BlockVoxels / 4, cancellation);
        MomentsFile.Write(parts.Moments, network.Observe(Plan.Working, new WorkingImage(source, Plan.Working, seen.Scale).Read, cancellation));
        ScanFile.Write(parts.Scan, seen);
    }

    /// <summary>Writes the label volume and the table of cells.</summary>
    public CellTable Finish(PredictionFiles files) => new FinishStage(Plan, parts, inference.Quality).Run(files);

    /// <summary>Closes the image.</summary>
    public void Dispose() => source.Dispose();
}
