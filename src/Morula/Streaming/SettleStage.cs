using System.Globalization;
using Morula.Formats;
using Morula.Inference;
using Morula.Measuring;
using Morula.Model;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>
/// Second stage: of what the tiles found, the cells of the image. The block in which the centre of a cell lies decides about it, looking at all that
/// was found around, so that every cell is decided once and has one number.
/// </summary>
/// <param name="plan">Tiles and blocks.</param>
/// <param name="parts">Files.</param>
/// <param name="stitching">Margin and thresholds.</param>
internal sealed class SettleStage(StreamPlan plan, StreamParts parts, StitchingOptions stitching)
{
    private readonly Dictionary<int, Detections> loaded = [];

    /// <summary>Whether all is settled.</summary>
    public bool IsDone => File.Exists(parts.Settled);

    /// <summary>Settles every block.</summary>
    public void Run(CancellationToken cancellation)
    {
        var counts = new List<int>();
        for (int block = 0; block < plan.Blocks.Count; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            Detections home = Settle(block);
            DetectionFile.Write(parts.Home(block), home);
            counts.Add(home.Count);
            HostGarbage.Collect();
        }

        AtomicFile.WriteText(parts.Settled, string.Join('\n', counts) + "\n");
    }

    /// <summary>Number of the first cell of every block, and of all in the end.</summary>
    /// <exception cref="VolumeFormatException">The file is missing or damaged.</exception>
    public static int[] Starts(StreamParts parts)
    {
        try
        {
            var starts = new List<int> { 0 };
            foreach (string line in File.ReadLines(parts.Settled)) starts.Add(checked(starts[^1] + int.Parse(line, CultureInfo.InvariantCulture)));
            return [.. starts];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            throw DamagedPart.Of(parts.Settled, fault);
        }
    }

    private Detections Settle(int block)
    {
        Block core = plan.Blocks[block].Core;
        Block around = plan.OnWorkingGrid(core).Grow([.. plan.Halo.Select(size => 2 * size)]);
        int[] tiles = [.. Enumerable.Range(0, plan.Tiles.Count).Where(tile => !plan.Tiles[tile].Whole.Intersect(around).IsEmpty)];
        foreach (int old in loaded.Keys.Except(tiles).ToArray()) loaded.Remove(old);
        var found = new List<TileDetections>();
        foreach (int tile in tiles)
        {
            Detections all = loaded.TryGetValue(tile, out Detections? known) ? known : loaded[tile] = DetectionFile.Read(parts.Tile(tile));
            int[] near = [.. Enumerable.Range(0, all.Count).Where(index => Boxed.Meets(all.Box(index), around))];
            found.Add(new TileDetections(plan.Tiles[tile], near.Length == all.Count ? all : DetectionSelection.Take(all, near)));
        }

        Detections merged = Stitching.Merge(found, plan.Working, stitching);
        return DetectionSelection.Take(merged, [.. Enumerable.Range(0, merged.Count).Where(index => plan.IsHome(merged.Box(index), core))]);
    }
}
