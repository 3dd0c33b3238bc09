using Morula.Layers;
using Morula.Model;

namespace Morula.Planning;

/// <summary>One training step, from the batch to the changed weights.</summary>
internal sealed class StepSketch(TrainingLoad load)
{
    private readonly NetworkSketch network = new(load.Model);

    public long Parameters => network.Parameters;

    /// <summary>Books a whole step on top of what the ledger holds.</summary>
    public void Run(Ledger ledger)
    {
        ledger.Add("weights", Parameters * sizeof(float));
        BookState(ledger);
        ledger.Width = load.Memory.Precision == Precision.BFloat16 ? 2 : sizeof(float);
        ledger.Begin("image");
        int images = load.Memory.ImageChunk > 0 ? Math.Min(load.Memory.ImageChunk, load.BatchSize) : load.BatchSize;
        Sketch batch = ledger.Make("image", [load.BatchSize, 1, .. Sizes()]);
        for (int first = 0; first < load.BatchSize; first += images) Teach(ledger, batch, Math.Min(images, load.BatchSize - first));
        ledger.Begin("update");
        ledger.Release(batch);
    }

    /// <summary>Books what is there between steps, beside the weights.</summary>
    public void BookState(Ledger ledger)
    {
        long means = Parameters * (load.Memory.StatePrecision == Precision.BFloat16 ? 2 : 4);
        ledger.Add("gradients", Parameters * sizeof(float));
        ledger.Add("optimiser", means * load.OptimizerMeans);
    }

    private IEnumerable<long> Sizes() => load.Crop.Sizes.ToArray().Select(size => (long)size);

    private void Teach(Ledger ledger, Sketch batch, int images)
    {
        var tape = new TapeSketch(ledger);
        Sketch image = Ledger.View(batch, [images, 1, .. Sizes()]);
        int number = tape.Enter(image);
        ledger.Release(image);
        int[] recorded = network.Backbone.Record(tape, number, load.Memory);
        var levels = new LevelSketches(ledger, [.. recorded.Select(tape.Leaf)]);
        tape.EndForward();
        Sketch[] predictions = network.Proposals.Predict(ledger, levels.Maps, keeps: true);
        network.Proposals.Choose(ledger, predictions, matches: true);
        network.Proposals.Backward(ledger, predictions, levels);
        foreach (Sketch part in predictions) ledger.Release(part);
        foreach (long regions in Chunks(images * network.Shape.SampledRegions)) network.BoxHead.Run(ledger, levels, regions, teaches: true);
        foreach (long regions in Chunks(images * network.Shape.MaskedRegions(load.Cells))) network.MaskHead.Run(ledger, levels, regions, teaches: true);
        tape.Backward(levels.End().Select(entry => (recorded[entry.Level], entry.Gradient)));
    }

    private IEnumerable<long> Chunks(long regions)
    {
        long size = load.Memory.RegionChunk > 0 ? load.Memory.RegionChunk : Math.Max(1, regions);
        for (long first = 0; first < regions; first += size) yield return Math.Min(size, regions - first);
    }
}
