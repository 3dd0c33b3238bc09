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

    /// <summary>Opens an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">Axes that the network sees: 2 or 3.</param>
    /// <param name="frame">One frame of a movie; null where the file is one image.</param>
    /// <param name="samples">Working grid and normalisation.</param>
    /// <param name="inference">Tiles, blocks, thresholds.</param>
    /// <param name="stride">Sizes of tiles are multiples of this.</param>
    /// <param name="parts">Where the stages leave their files.</param>
    /// <exception cref="Options.OptionsException">The halo leaves no room in a tile or a block.</exception>
    public StreamedImage(string path, int rank, int? frame, SampleOptions samples, InferenceOptions inference, ReadOnlySpan<int> stride, StreamParts parts)
    {
        source = VolumeSource.OpenImage(path, frame: frame, rank: rank);
        (this.samples, this.inference, this.parts) = (samples.OfFrame(rank), inference, parts);
        Extent working = CommonGrid.Working(source.Spacing, source.Extent, this.samples.Spacing);
        Plan = StreamPlan.Of(source.Extent, source.Spacing, working, inference, stride);
        tiles = new TileStage(Plan, parts, inference.Stitching);
        settling = new SettleStage(Plan, parts, inference.Stitching);
        painting = new PaintStage(source, Plan, parts, inference);
    }

    /// <summary>Tiles and blocks.</summary>
    public StreamPlan Plan { get; }

    /// <summary>The tiles that are to be done yet.</summary>
    public IEnumerable<int> OpenTiles => Enumerable.Range(0, Plan.Tiles.Count).Where(tile => !tiles.IsDone(tile));

    /// <summary>The blocks that are to be painted yet.</summary>
    public IEnumerable<int> OpenBlocks => Enumerable.Range(0, Plan.Blocks.Count).Where(block => !painting.IsDone(block));

    /// <summary>Reads the image once, unless that was done.</summary>
    public void Scan(CancellationToken cancellation)
    {
        if (File.Exists(parts.Scan)) return;
        ScanFile.Write(parts.Scan, ImageScan.Of(source, Plan.Working, samples, inference.Refinement.SmoothingMicrometres, inference.BlockVoxels / 4, cancellation));
    }

    /// <summary>Finds the cells of tiles.</summary>
    /// <param name="numbers">Numbers of tiles.</param>
    /// <param name="network">From a normalised tile to detections in its voxels.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>The tiles, each when it is done.</returns>
    public IEnumerable<int> Detect(IEnumerable<int> numbers, Func<Volume, Detections> network, CancellationToken cancellation)
    {
        var image = new WorkingImage(source, Plan.Working, ScanFile.Read(parts.Scan).Scale);
        foreach (int tile in numbers)
        {
            cancellation.ThrowIfCancellationRequested();
            tiles.Run(tile, image, network);
            yield return tile;
        }
    }

    /// <summary>Decides which cells there are, unless that was done.</summary>
    public void Settle(CancellationToken cancellation)
    {
        if (!settling.IsDone) settling.Run(cancellation);
    }

    /// <summary>Paints blocks.</summary>
    /// <returns>The blocks, each when it is done.</returns>
    public IEnumerable<int> Paint(IEnumerable<int> numbers, CancellationToken cancellation)
    {
        ImageScan scan = ScanFile.Read(parts.Scan);
        foreach (int block in numbers)
        {
            cancellation.ThrowIfCancellationRequested();
            painting.Run(block, scan);
            yield return block;
        }
    }

    /// <summary>Writes the label volume and the table of cells.</summary>
    public CellTable Finish(PredictionFiles files) => new FinishStage(Plan, parts).Run(files);

    /// <summary>Closes the image.</summary>
    public void Dispose() => source.Dispose();
}
