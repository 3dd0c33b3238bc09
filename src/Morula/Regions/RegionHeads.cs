using System.Runtime.InteropServices;
using Morula.Backbone;
using Morula.Geometry;
using Morula.Proposals;
using Morula.Tensors;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Regions;

/// <summary>Candidate boxes to class, refined box and mask, and the three losses that teach it (He et al. 2017, Mask R-CNN, section 3).</summary>
public sealed class RegionHeads : Module
{
    internal const string ClassLoss = "class";
    internal const string BoxLoss = "box";
    internal const string MaskLoss = "mask";
    internal const string EventLoss = "events";

    private readonly BoxHead boxHead;
    private readonly MaskHead maskHead;
    private readonly RegionPooling pooling;
    private readonly RegionShape shape;
    private readonly RegionTeaching teaching;
    private readonly RegionOptions options;
    private readonly int rank;

    /// <summary>Makes the heads with fresh weights for the region levels of a pyramid.</summary>
    public RegionHeads(int rank, BackboneOptions backbone, IReadOnlyList<int[]> strides, int classes, RegionOptions options)
        : base(nameof(RegionHeads))
    {
        this.rank = rank;
        this.options = options;
        shape = new RegionShape(rank, options);
        boxHead = new BoxHead(rank, backbone.PyramidWidth, shape.BoxBins.Count, classes, backbone, options);
        maskHead = new MaskHead(rank, backbone.PyramidWidth, classes, backbone, options);
        pooling = new RegionPooling(rank, strides, options);
        teaching = new RegionTeaching(boxHead, maskHead, pooling, shape, options);
        RegisterComponents();
    }

    /// <summary>Sizes of a predicted mask.</summary>
    public Extent MaskExtent => shape.MaskExtent;

    /// <summary>Losses of one batch.</summary>
    /// <param name="pyramid">Region levels, finest first.</param>
    /// <param name="proposals">Per image, N x 2D numbers.</param>
    /// <param name="truth">Per image.</param>
    /// <param name="random">Chooses the regions that count.</param>
    public RegionLosses Losses(IReadOnlyList<Tensor> pyramid, IReadOnlyList<float[]> proposals, IReadOnlyList<RegionTruth> truth, Random random) =>
        Losses(pyramid, proposals, truth, [.. Enumerable.Repeat(random, truth.Count)]);

    /// <summary>The same, with a source of chance for every image.</summary>
    public RegionLosses Losses(IReadOnlyList<Tensor> pyramid, IReadOnlyList<float[]> proposals, IReadOnlyList<RegionTruth> truth, IReadOnlyList<Random> chances)
    {
        var all = LossParts(pyramid, Draw(proposals, truth, chances), truth, chunk: 0).SelectMany(part => part).ToDictionary(part => part.Name, part => part.Loss, StringComparer.Ordinal);
        return new RegionLosses(all[ClassLoss], all[BoxLoss], all[MaskLoss], all.GetValueOrDefault(EventLoss));
    }

    /// <summary>The regions that the losses of a batch are computed on.</summary>
    /// <param name="proposals">Per image, N x 2D numbers.</param>
    /// <param name="truth">Per image.</param>
    /// <param name="chances">Per image, chooses the regions that count.</param>
    public DrawnRegions Draw(IReadOnlyList<float[]> proposals, IReadOnlyList<RegionTruth> truth, IReadOnlyList<Random> chances) =>
        DrawnRegions.Draw(proposals, truth, rank, options, chances);

    /// <summary>How much each loss of drawn regions is the mean of: regions, those that match a cell, those whose mask counts, those whose fate is known.</summary>
    public (int Regions, int Positives, int Masked, int Known) Counts(DrawnRegions drawn, IReadOnlyList<RegionTruth> truth) =>
        (drawn.Count, drawn.PositiveCount, drawn.Take(drawn.Masked(options)).PositiveCount, drawn.KnownCount(truth));

    /// <summary>
    /// The same losses in parts, each the share of some regions in them: to be taught one after the other, so that no more than a
    /// chunk of regions is in memory at once.
    /// </summary>
    /// <param name="pyramid">Region levels, finest first.</param>
    /// <param name="drawn">Of the batch.</param>
    /// <param name="truth">Per image.</param>
    /// <param name="chunk">Most regions in a part; 0: all.</param>
    /// <returns>Names (class, box, mask, of movies also events) and losses, made when the part is asked for.</returns>
    public IEnumerable<IReadOnlyList<(string Name, Tensor Loss)>> LossParts(
        IReadOnlyList<Tensor> pyramid, DrawnRegions drawn, IReadOnlyList<RegionTruth> truth, int chunk)
    {
        foreach (int[] rows in All(drawn).Chunk(chunk > 0 ? chunk : drawn.Count))
        {
            var (kind, box, events) = teaching.BoxLosses(pyramid, drawn, rows, truth);
            yield return events is null ? [(ClassLoss, kind), (BoxLoss, box)] : [(ClassLoss, kind), (BoxLoss, box), (EventLoss, events)];
        }

        DrawnRegions masked = drawn.Take(drawn.Masked(options));
        foreach (int[] rows in All(masked).Chunk(chunk > 0 ? chunk : Math.Max(1, masked.Count)))
            yield return [(MaskLoss, teaching.MaskLoss(pyramid, masked, rows, truth))];
        if (masked.Count == 0) yield return [(MaskLoss, Nothing(pyramid[0]))];
    }

    /// <summary>Detections of one batch, per image, best first.</summary>
    /// <param name="pyramid">Region levels, finest first.</param>
    /// <param name="proposals">Per image, N x 2D numbers.</param>
    /// <param name="extent">Sizes of an image in voxels.</param>
    /// <param name="parts">What of an image each is, and how many training samples large; null: a whole one, as large as a sample.</param>
    /// <param name="withMasks">Whether masks are made too; without, they are empty.</param>
    public IReadOnlyList<RegionDetections> Detect(
        IReadOnlyList<Tensor> pyramid, IReadOnlyList<float[]> proposals, Extent extent, SampleParts? parts = null, bool withMasks = true)
    {
        parts ??= SampleParts.Whole(extent);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var detections = new List<RegionDetections>();
        for (int image = 0; image < proposals.Count; image++)
        {
            RegionDetections found = DetectBoxes(pyramid, proposals[image], image, extent, parts);
            detections.Add(withMasks ? found with { Masks = DetectMasks(pyramid, found, image) } : found);
        }

        return detections;
    }

    private static Tensor Nothing(Tensor map)
    {
        using var scope = NewDisposeScope();
        using Scalar none = 0;
        return map.sum().mul(none).MoveToOuterDisposeScope();
    }

    private static int[] All(DrawnRegions regions) => [.. Enumerable.Range(0, regions.Count)];

    private RegionDetections DetectBoxes(IReadOnlyList<Tensor> pyramid, float[] proposals, int image, Extent extent, SampleParts parts)
    {
        using var scope = NewDisposeScope();
        int count = proposals.Length / (2 * rank);
        if (count == 0) return RegionDetections.None;
        int[] images = new int[count];
        Array.Fill(images, image);
        var (logits, deltas, events) = boxHead.call(pooling.Pool(pyramid, proposals, images, shape.BoxBins));
        var (score, best) = functional.softmax(logits, 1).narrow(1, 1, logits.shape[1] - 1).max(1);               // [R]
        Tensor classes = best.add(Scalars.One, Scalars.One);
        Boxes refined = teaching.Coder.Decode(shape.OfClass(deltas, classes, 2 * rank), Boxes.From(proposals, rank, deltas.device)).ClipTo(extent);
        float[] boxes = refined.Values.cpu().data<float>().ToArray();
        float[] scores = score.cpu().data<float>().ToArray();
        float[] fates = events is null ? [] : events.sigmoid().cpu().data<float>().ToArray();
        int[] kinds = [.. classes.cpu().data<long>().ToArray().Select(kind => (int)kind)];
        int[] confident = [.. Enumerable.Range(0, count).Where(index => scores[index] >= options.ScoreThreshold)];
        var all = new RegionDetections(boxes, scores, kinds, []) { Events = fates };
        RegionDetections likely = all.Take(confident, rank);
        return likely.Take(Suppression.KeepPerClass(
            likely.Boxes, likely.Scores, options.SuppressionPerClass ? likely.Classes : [], rank, options.SuppressionOverlap, (int)(options.DetectionCount * parts.Size)), rank);
    }

    private float[] DetectMasks(IReadOnlyList<Tensor> pyramid, RegionDetections found, int image)
    {
        var masks = new float[found.Scores.Length * MaskExtent.Count];
        for (int start = 0; start < found.Scores.Length; start += options.MaskChunk)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(options.MaskChunk, found.Scores.Length - start);
            int[] images = new int[count];
            Array.Fill(images, image);
            float[] boxes = found.Boxes.AsSpan(start * 2 * rank, count * 2 * rank).ToArray();
            Tensor logits = maskHead.call(pooling.Pool(pyramid, boxes, images, shape.MaskBins)).flatten(1);
            Tensor classes = tensor([.. found.Classes.Skip(start).Take(count).Select(kind => (long)kind)], device: logits.device);
            Tensor own = shape.OfClass(logits, classes, MaskExtent.Count).sigmoid();
            MemoryMarshal.Cast<byte, float>(own.cpu().contiguous().bytes).CopyTo(masks.AsSpan((int)(start * MaskExtent.Count)));
        }

        return masks;
    }
}
