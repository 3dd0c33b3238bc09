using Morula.Inference;
using Morula.Model;
using Morula.Regions;

namespace Morula.Planning;

/// <summary>The prediction of one image: tiles through the network, then painting and fitting on the host.</summary>
internal sealed class PredictionSketch(PredictionLoad load)
{
    private readonly NetworkSketch network = new(load.Model);

    /// <summary>Books a whole prediction on top of what the ledger holds.</summary>
    public void Run(Ledger ledger)
    {
        ledger.Add("weights", sizeof(float) * network.Parameters);
        ledger.Begin("network read");
        // An array of the file as bytes, as numbers and as a tensor.
        ledger.Pass(3 * network.BoxHead.LargestMatrix);
        IReadOnlyList<Tile> tiles = load.Inference.Plan(load.Working, network.Backbone.Strides[^1], load.Model.LargestCell);
        double size = Math.Max(1, (double)tiles[0].Whole.Extent.Count / load.SampleVoxels);
        int found = Found(tiles.Count, size);
        HostSketch.Read(ledger, load, tiles[0].Whole.Extent);
        long mask = sizeof(float) * network.MaskHead.MaskCount;
        long detections = mask * Math.Min((long)tiles.Count * found, 2L * Math.Max(1, load.Cells));
        ledger.Add(HostSketch.Detections, detections);
        Detect(ledger, tiles[0].Whole.Extent.Sizes.ToArray(), found, (int)(size * load.Model.Proposals.ProposalCount));
        HostSketch.Paint(ledger, load, detections);
    }

    private int Found(int tiles, double size)
    {
        // Of several tiles one at least is taken to hold a cell.
        return (int)Math.Min(size * load.Model.Regions.DetectionCount, tiles == 1 ? load.Cells : Math.Max(1, load.Cells));
    }

    private void Detect(Ledger ledger, int[] tile, int found, int proposals)
    {
        ledger.Begin("image");
        Sketch image = ledger.Make("image", [1, 1, .. tile.Select(size => (long)size)]);
        var levels = new LevelSketches(ledger, network.Backbone.Predict(ledger, image));
        Sketch[] predictions = network.Proposals.Predict(ledger, levels.Maps, keeps: false);
        network.Proposals.Choose(ledger, predictions, matches: false);
        RegionOptions regions = load.Model.Regions;
        network.BoxHead.Run(ledger, levels, proposals, teaches: false);
        if (found > 0) network.MaskHead.Run(ledger, levels, Math.Min(found, regions.MaskChunk), teaches: false);
        foreach (Sketch part in predictions) ledger.Release(part);
        levels.End();
        ledger.Release(image);
    }
}
