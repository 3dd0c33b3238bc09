using Morula.Inference;
using Morula.Model;
using Morula.Regions;

namespace Morula.Planning;

/// <summary>The prediction of one image: tiles through the network, then painting and fitting on the host.</summary>
internal sealed class PredictionSketch
{
    private readonly PredictionLoad load;
    private readonly ModelShape shape;
    private readonly BackboneSketch backbone;
    private readonly ProposalSketch proposals;
    private readonly BoxHeadSketch boxHead;
    private readonly MaskHeadSketch maskHead;

    public PredictionSketch(PredictionLoad load)
    {
        this.load = load;
        ModelOptions model = load.Model;
        shape = new ModelShape(model);
        backbone = new BackboneSketch(model.Rank, model.Backbone);
        proposals = new ProposalSketch(model.Rank, model.Backbone, model.Proposals);
        boxHead = new BoxHeadSketch(shape);
        maskHead = new MaskHeadSketch(shape);
    }

    /// <summary>Books a whole prediction on top of what the ledger holds.</summary>
    public void Run(Ledger ledger)
    {
        ledger.Add("weights", sizeof(float) * (backbone.Parameters + proposals.Parameters + boxHead.Parameters + maskHead.Parameters));
        ledger.Begin("network read");
        // An array of the file as bytes, as numbers and as a tensor.
        ledger.Pass(3 * boxHead.LargestMatrix);
        IReadOnlyList<Tile> tiles = load.Inference.Plan(load.Working, backbone.Strides[^1]);
        int found = Found(tiles.Count);
        HostSketch.Read(ledger, load, tiles[0].Whole.Extent);
        long mask = sizeof(float) * maskHead.MaskCount;
        long detections = mask * Math.Min((long)tiles.Count * found, 2L * Math.Max(1, load.Cells));
        ledger.Add(HostSketch.Detections, detections);
        Detect(ledger, tiles[0].Whole.Extent.Sizes.ToArray(), found);
        HostSketch.Paint(ledger, load, detections);
    }

    private int Found(int tiles)
    {
        int most = load.Model.Regions.DetectionCount;
        return Math.Min(most, tiles == 1 ? load.Cells : Math.Max(1, load.Cells));
    }

    private void Detect(Ledger ledger, int[] tile, int found)
    {
        ledger.Begin("image");
        Sketch image = ledger.Make("image", [1, 1, .. tile.Select(size => (long)size)]);
        var levels = new LevelSketches(ledger, backbone.Predict(ledger, image));
        Sketch[] predictions = proposals.Predict(ledger, levels.Maps, keeps: false);
        proposals.Choose(ledger, predictions, matches: false);
        RegionOptions regions = load.Model.Regions;
        boxHead.Run(ledger, levels, load.Model.Proposals.ProposalCount, teaches: false);
        if (found > 0) maskHead.Run(ledger, levels, Math.Min(found, regions.MaskChunk), teaches: false);
        foreach (Sketch part in predictions) ledger.Release(part);
        levels.End();
        ledger.Release(image);
    }
}
