using Morula.Formats;
using Morula.Inference;
using Morula.Model;
using Morula.Options;
using Morula.Runs;
using Morula.Samples;
using Morula.Streaming;
using Morula.Volumes;

namespace Morula.Bench.Large;

/// <summary>The cells of a region as found block by block, beside those of the same region seen in one piece.</summary>
/// <param name="framePath">The frame.</param>
/// <param name="resultPath">Its label volume.</param>
/// <param name="network">Checkpoint.</param>
/// <param name="overrides">Options of the prediction.</param>
internal sealed class SeamCheck(string framePath, string resultPath, string network, IReadOnlyList<string> overrides)
{
    // Surroundings of the region, in voxels of the frame, in which cells are painted.
    private const int Around = 96;

    // What the network sees around the region: as much as changes what it finds inside.
    private const int Context = 160;

    /// <summary>The cells whose middle lies in a region, each with the overlap of the cell of the result that is most like it.</summary>
    /// <returns>The cells, and the share of voxels around that are of a cell in both or in none.</returns>
    public (IReadOnlyList<SeamCell> Cells, double Voxels) Compare(Block region)
    {
        using var run = new PredictionRun(network, overrides);
        using var frame = VolumeSource.OpenImage(framePath, rank: 3);
        using var result = VolumeSource.OpenLabels(resultPath, rank: 3);
        Block seen = region.Grow([Around, Around, Around]).ClipTo(frame.Extent);
        (LabelVolume whole, float[] scores) = InOnePiece(run, frame, seen, region.Grow([Context, Context, Context]).ClipTo(frame.Extent));
        LabelVolume parts = result.ReadLabels(seen);
        Block inner = region.Shift([.. seen.Lower.ToArray().Select(bound => -bound)]);
        var shared = new Dictionary<(int, int), long>();
        for (int voxel = 0; voxel < whole.Voxels.Length; voxel++)
        {
            var pair = (whole.Voxels[voxel], parts.Voxels[voxel]);
            shared[pair] = shared.GetValueOrDefault(pair) + 1;
        }

        Dictionary<int, long> sizes = parts.Cells().ToDictionary(cell => cell.Label, cell => cell.VoxelCount);
        SeamCell[] cells = [.. whole.Cells().Where(cell => HasMiddleIn(cell.Box, inner)).Select(cell => new SeamCell(
            [.. cell.Box.Lower.ToArray().Select((lower, axis) => seen.Lower[axis] + ((lower + cell.Box.Upper[axis]) / 2))],
            cell.VoxelCount,
            scores[cell.Label - 1],
            shared.Where(pair => pair.Key.Item1 == cell.Label && pair.Key.Item2 != 0)
                .Select(pair => (double)pair.Value / (cell.VoxelCount + sizes[pair.Key.Item2] - pair.Value)).DefaultIfEmpty().Max()))];
        long equal = shared.Where(pair => pair.Key.Item1 == 0 == (pair.Key.Item2 == 0)).Sum(pair => pair.Value);
        return (cells, (double)equal / whole.Extent.Count);
    }

    private static (LabelVolume Labels, float[] Scores) InOnePiece(PredictionRun run, VolumeSource frame, Block seen, Block context)
    {
        MorulaOptions options = run.Options;
        Extent working = CommonGrid.Working(frame.Spacing, frame.Extent, options.Samples.Spacing);
        ImageScan scan = ImageScan.Of(frame, working, options.Samples, options.Inference.Refinement.SmoothingMicrometres, 16_000_000, CancellationToken.None);
        StreamPlan plan = StreamPlan.Of(frame.Extent, frame.Spacing, working, options.Inference, run.Network.LargestStride, options.Model.LargestCell);
        Block grid = OnStrides(plan.OnWorkingGrid(context), run.Network.LargestStride);
        var tile = new Tile(grid, grid);
        var image = new WorkingImage(frame, working, scan.Scale);
        ITileNetwork tiles = run.Tiles;
        NormalisationMoments? moments = tiles.Observe(working, image.Read, CancellationToken.None);
        Detections found = TileDetections.FromTile(tile, tiles.Detect(image.Read(grid), grid, working, moments)).Found;
        PaintedCells painted = Painter.Paint(found, working, frame.Extent, seen, frame.Spacing, options.Inference.PaintingAt(frame.Spacing));
        LabelVolume touching = Refinement.Apply(painted, frame.ReadImage(seen), options.Inference.Refinement, (scan.Least, scan.Most));
        return (CellGap.Cut(touching, options.Inference.Refinement.GapMicrometres), [.. painted.Places.Select(place => found.Scores[place])]);
    }

    // As tiles begin and end.
    private static Block OnStrides(Block block, int[] stride) => new(
        [.. block.Lower.ToArray().Select((bound, axis) => bound / stride[axis] * stride[axis])],
        [.. block.Upper.ToArray().Select((bound, axis) => Tiling.RoundUp(bound, stride[axis]))]);

    private static bool HasMiddleIn(Block box, Block region) => Enumerable.Range(0, box.Rank)
        .All(axis => (box.Lower[axis] + box.Upper[axis]) / 2 is var middle && middle >= region.Lower[axis] && middle < region.Upper[axis]);
}
