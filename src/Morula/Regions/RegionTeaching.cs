using Morula.Geometry;
using Morula.Samples;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Regions;

/// <summary>The losses of the heads on drawn regions, as sums over chunks: adding up the chunks gives the losses of all regions.</summary>
/// <param name="boxHead">Class and box.</param>
/// <param name="maskHead">Mask.</param>
/// <param name="pooling">Features of a region.</param>
/// <param name="shape">Bins and the run of a class.</param>
/// <param name="options">Of the heads.</param>
internal sealed class RegionTeaching(BoxHead boxHead, MaskHead maskHead, RegionPooling pooling, RegionShape shape, RegionOptions options)
{
    /// <summary>From boxes to deltas and back.</summary>
    public BoxCoder Coder { get; } = new(options.CentreDeviation, options.SizeDeviation);

    /// <summary>Classification, box and event loss of some regions: their share in the means over all.</summary>
    public (Tensor Class, Tensor Box, Tensor? Events) BoxLosses(IReadOnlyList<Tensor> pyramid, DrawnRegions all, int[] rows, IReadOnlyList<RegionTruth> truth)
    {
        using var scope = NewDisposeScope();
        DrawnRegions some = all.Take(rows);
        var (logits, deltas, events) = boxHead.call(pooling.Pool(pyramid, some.Boxes, some.Images, shape.BoxBins));
        (logits, deltas) = (logits.to(ScalarType.Float32), deltas.to(ScalarType.Float32));
        Tensor expected = tensor(some.Classes, device: logits.device);
        using Scalar share = 1.0 / all.Count;
        Tensor kind = functional.cross_entropy(logits, expected, reduction: Reduction.Sum).mul(share);
        Tensor box = BoxLoss(deltas, some, truth, expected, all.PositiveCount);
        Tensor? fate = events is null ? null : EventLoss(events.to(ScalarType.Float32), some, all, truth);
        return (kind.MoveToOuterDisposeScope(), box.MoveToOuterDisposeScope(), fate?.MoveToOuterDisposeScope());
    }

    /// <summary>Mask loss of some of the regions that <see cref="DrawnRegions.Masked"/> names: their share in the mean over all.</summary>
    public Tensor MaskLoss(IReadOnlyList<Tensor> pyramid, DrawnRegions masked, int[] rows, IReadOnlyList<RegionTruth> truth)
    {
        using var scope = NewDisposeScope();
        DrawnRegions some = masked.Take(rows);
        Tensor logits = maskHead.call(pooling.Pool(pyramid, some.Boxes, some.Images, shape.MaskBins)).flatten(1);       // [R, K' * V]
        int[] positives = some.Positives();
        using Scalar share = 1.0 / Math.Max(1, masked.PositiveCount * shape.MaskExtent.Count), none = 0;
        if (positives.Length == 0) return logits.sum().mul(none).MoveToOuterDisposeScope();
        if (positives.Length < some.Count) logits = logits.index_select(0, tensor([.. positives.Select(row => (long)row)], device: logits.device));
        Tensor classes = tensor(Rows.Take<long>(some.Classes, 1, positives), device: logits.device);
        Tensor own = shape.OfClass(logits, classes, shape.MaskExtent.Count).to(ScalarType.Float32);                    // [P, V]
        Tensor expected = tensor(Targets(some.Take(positives), truth), device: logits.device).reshape(own.shape);
        return functional.binary_cross_entropy_with_logits(own, expected, reduction: Reduction.Sum).mul(share).MoveToOuterDisposeScope();
    }

    // Only regions of images with a known lineage can tell whether their cell is born or divides.
    private static Tensor EventLoss(Tensor events, DrawnRegions some, DrawnRegions all, IReadOnlyList<RegionTruth> truth)
    {
        int[] known = [.. some.Positives().Where(row => truth[some.Images[row]].Events.Length > 0)];
        using Scalar none = 0;
        if (known.Length == 0) return events.sum().mul(none);
        int count = all.KnownCount(truth);
        float[] expected = [.. known.SelectMany(row => Flags(truth[some.Images[row]].Events[some.Truths[row]]))];
        Tensor own = events.index_select(0, tensor([.. known.Select(row => (long)row)], device: events.device));
        using Scalar share = 1.0 / (BoxHead.EventKinds * count);
        return functional.binary_cross_entropy_with_logits(own, tensor(expected, own.shape, device: events.device), reduction: Reduction.Sum).mul(share);
    }

    private static IEnumerable<float> Flags(CellEvents events) =>
        new[] { CellEvents.Born, CellEvents.Divides }.Select(kind => events.HasFlag(kind) ? 1f : 0f);

    private Tensor BoxLoss(Tensor deltas, DrawnRegions some, IReadOnlyList<RegionTruth> truth, Tensor expected, int positiveCount)
    {
        int[] positives = some.Positives();
        using Scalar none = 0;
        if (positives.Length == 0) return deltas.sum().mul(none);
        int width = 2 * some.Rank;
        Boxes references = Boxes.From(Rows.Take<float>(some.Boxes, width, positives), some.Rank, deltas.device);
        Tensor targets = Coder.Encode(Boxes.From(some.TrueBoxes(positives, truth), some.Rank, deltas.device), references);
        Tensor rows = tensor([.. positives.Select(row => (long)row)], device: deltas.device);
        Tensor own = shape.OfClass(deltas.index_select(0, rows), expected.index_select(0, rows), width);
        using Scalar share = 1.0 / ((double)positiveCount * width);
        return functional.smooth_l1_loss(own, targets, reduction: Reduction.Sum).mul(share);
    }

    // The boxes of a chunk, image by image: each is cut from its own labels.
    private float[] Targets(DrawnRegions positives, IReadOnlyList<RegionTruth> truth)
    {
        var targets = new List<float>();
        for (int from = 0; from < positives.Count;)
        {
            int image = positives.Images[from];
            int to = from;
            while (to < positives.Count && positives.Images[to] == image) to++;
            DrawnRegions own = positives.Take([.. Enumerable.Range(from, to - from)]);
            float[] cut = MaskTargets.Cut(truth[image].Volume, own.Boxes, [.. own.Truths.Select(cell => truth[image].Labels[cell])], shape.MaskExtent);
            if (own.Count == positives.Count) return cut;
            targets.AddRange(cut);
            from = to;
        }

        return [.. targets];
    }
}
