using Morula.Backbone;
using Morula.Geometry;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Regions;

/// <summary>Candidate boxes to class, refined box and mask, and the three losses that teach it (He et al. 2017, Mask R-CNN, section 3).</summary>
public sealed class RegionHeads : Module
{
    private readonly BoxHead boxHead;
    private readonly MaskHead maskHead;
    private readonly RegionPooling pooling;
    private readonly BoxCoder coder;
    private readonly RegionOptions options;
    private readonly Extent boxBins;
    private readonly Extent maskBins;
    private readonly int rank;

    /// <summary>Makes the heads with fresh weights for the region levels of a pyramid.</summary>
    public RegionHeads(int rank, BackboneOptions backbone, IReadOnlyList<int[]> strides, int classes, RegionOptions options)
        : base(nameof(RegionHeads))
    {
        this.rank = rank;
        this.options = options;
        boxBins = Bins(options.BoxBins);
        maskBins = Bins(options.MaskBins);
        MaskExtent = new Extent([.. maskBins.Sizes.ToArray().Zip(AxisSteps.Expand([2], rank, "mask"), (bins, factor) => bins * factor)]);
        boxHead = new BoxHead(rank, backbone.PyramidWidth, boxBins.Count, classes, backbone, options);
        maskHead = new MaskHead(rank, backbone.PyramidWidth, classes, backbone, options);
        pooling = new RegionPooling(rank, strides, options);
        coder = new BoxCoder(options.CentreDeviation, options.SizeDeviation);
        RegisterComponents();
    }

    /// <summary>Sizes of a predicted mask.</summary>
    public Extent MaskExtent { get; }

    /// <summary>Losses of one batch.</summary>
    /// <param name="pyramid">Region levels, finest first.</param>
    /// <param name="proposals">Per image, N x 2D numbers.</param>
    /// <param name="truth">Per image.</param>
    /// <param name="random">Chooses the regions that count.</param>
    public RegionLosses Losses(IReadOnlyList<Tensor> pyramid, IReadOnlyList<float[]> proposals, IReadOnlyList<RegionTruth> truth, Random random)
    {
        using var scope = NewDisposeScope();
        Device device = pyramid[0].device;
        RegionSample[] samples = [.. proposals.Zip(truth, (boxes, cells) => RegionSample.Draw(boxes, cells, rank, options, random))];
        float[] all = [.. samples.SelectMany(sample => sample.Boxes)];
        int[] images = [.. samples.SelectMany((sample, image) => Enumerable.Repeat(image, sample.Boxes.Length / (2 * rank)))];
        long[] classes = [.. samples.SelectMany((sample, image) => Classes(sample, truth[image]))];
        if (images.Length == 0) throw new ArgumentException("No region was proposed; a pyramid always proposes some.", nameof(proposals));
        var (logits, deltas) = boxHead.call(pooling.Pool(pyramid, all, images, boxBins));
        Tensor expected = tensor(classes, device: device);
        Tensor classLoss = functional.cross_entropy(logits, expected);
        Tensor boxLoss = BoxLoss(deltas, all, samples, truth, expected);
        Tensor maskLoss = MaskLoss(pyramid, samples, truth);
        return new RegionLosses(classLoss.MoveToOuterDisposeScope(), boxLoss.MoveToOuterDisposeScope(), maskLoss.MoveToOuterDisposeScope());
    }

    /// <summary>Detections of one batch, per image, best first.</summary>
    public IReadOnlyList<RegionDetections> Detect(IReadOnlyList<Tensor> pyramid, IReadOnlyList<float[]> proposals, Extent extent)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var detections = new List<RegionDetections>();
        for (int image = 0; image < proposals.Count; image++)
        {
            RegionDetections found = DetectBoxes(pyramid, proposals[image], image, extent);
            detections.Add(found with { Masks = DetectMasks(pyramid, found, image) });
        }

        return detections;
    }

    private Extent Bins(int space)
    {
        var bins = new int[rank];
        Array.Fill(bins, space);
        if (rank > 3) bins[0] = options.TimeBins;
        return new Extent(bins);
    }

    private static IEnumerable<long> Classes(RegionSample sample, RegionTruth truth)
    {
        int count = sample.Boxes.Length / (truth.Volume.Rank * 2);
        return Enumerable.Range(0, count).Select(index => index < sample.PositiveCount ? truth.Classes[sample.Truths[index]] : 0L);
    }

    private Tensor BoxLoss(Tensor deltas, float[] boxes, RegionSample[] samples, IReadOnlyList<RegionTruth> truth, Tensor expected)
    {
        int[] positives = [.. Positives(samples)];
        using Scalar none = 0;
        if (positives.Length == 0) return deltas.sum() * none;
        float[] matched = [.. samples.SelectMany((sample, image) => Rows.Take<float>(truth[image].Boxes, 2 * rank, sample.Truths))];
        Boxes references = Boxes.From(Rows.Take<float>(boxes, 2 * rank, positives), rank, deltas.device);
        Tensor targets = coder.Encode(Boxes.From(matched, rank, deltas.device), references);
        Tensor rows = tensor([.. positives.Select(index => (long)index)], device: deltas.device);
        return functional.smooth_l1_loss(OfClass(deltas.index_select(0, rows), expected.index_select(0, rows), 2 * rank), targets);
    }

    private Tensor MaskLoss(IReadOnlyList<Tensor> pyramid, RegionSample[] samples, IReadOnlyList<RegionTruth> truth)
    {
        var (boxes, images, rows, classes, targets) = (new List<float>(), new List<int>(), new List<long>(), new List<long>(), new List<float>());
        for (int image = 0; image < samples.Length; image++)
        {
            RegionSample sample = samples[image];
            int count = Math.Min(sample.PositiveCount, options.MaskSampleCount);
            int seen = options.MaskNegatives ? sample.Boxes.Length / (2 * rank) : count;
            float[] positive = sample.Boxes[..(count * 2 * rank)];
            int[] cells = [.. sample.Truths.Take(count).Select(cell => truth[image].Labels[cell])];
            rows.AddRange(Enumerable.Range(images.Count, count).Select(row => (long)row));
            boxes.AddRange(sample.Boxes[..(seen * 2 * rank)]);
            images.AddRange(Enumerable.Repeat(image, seen));
            classes.AddRange(sample.Truths.Take(count).Select(cell => (long)truth[image].Classes[cell]));
            targets.AddRange(MaskTargets.Cut(truth[image].Volume, positive, cells, MaskExtent));
        }

        using Scalar none = 0;
        if (rows.Count == 0) return pyramid[0].sum() * none;
        Device device = pyramid[0].device;
        Tensor logits = maskHead.call(pooling.Pool(pyramid, [.. boxes], [.. images], maskBins)).flatten(1);       // [R, K' * V]
        if (options.MaskNegatives) logits = logits.index_select(0, tensor(rows, device: device));
        Tensor own = OfClass(logits, tensor(classes, device: device), MaskExtent.Count);                          // [P, V]
        Tensor expected = tensor(targets, device: device).reshape(own.shape);
        return functional.binary_cross_entropy_with_logits(own, expected);
    }

    /// <summary>Of rows that hold one run of numbers per class (or one for all), the run of each row's class: [R, width].</summary>
    private Tensor OfClass(Tensor rows, Tensor classes, long width)
    {
        if (options.ClassAgnostic) return rows;
        using var scope = NewDisposeScope();
        Tensor index = classes.reshape(-1, 1, 1).expand(-1, 1, width);
        return rows.reshape(rows.shape[0], -1, width).gather(1, index).squeeze(1).MoveToOuterDisposeScope();
    }

    private IEnumerable<int> Positives(RegionSample[] samples)
    {
        int start = 0;
        foreach (RegionSample sample in samples)
        {
            for (int index = 0; index < sample.PositiveCount; index++) yield return start + index;
            start += sample.Boxes.Length / (2 * rank);
        }
    }

    private RegionDetections DetectBoxes(IReadOnlyList<Tensor> pyramid, float[] proposals, int image, Extent extent)
    {
        using var scope = NewDisposeScope();
        int count = proposals.Length / (2 * rank);
        if (count == 0) return RegionDetections.None;
        int[] images = new int[count];
        Array.Fill(images, image);
        var (logits, deltas) = boxHead.call(pooling.Pool(pyramid, proposals, images, boxBins));
        var (score, best) = functional.softmax(logits, 1).narrow(1, 1, logits.shape[1] - 1).max(1);               // [R]
        using Scalar first = 1;
        Tensor classes = best + first;
        Boxes refined = coder.Decode(OfClass(deltas, classes, 2 * rank), Boxes.From(proposals, rank, deltas.device)).ClipTo(extent);
        float[] boxes = refined.Values.cpu().data<float>().ToArray();
        float[] scores = score.cpu().data<float>().ToArray();
        int[] kinds = [.. classes.cpu().data<long>().ToArray().Select(kind => (int)kind)];
        int[] confident = [.. Enumerable.Range(0, count).Where(index => scores[index] >= options.ScoreThreshold)];
        (boxes, scores, kinds) = (Rows.Take<float>(boxes, 2 * rank, confident), Rows.Take<float>(scores, 1, confident), Rows.Take<int>(kinds, 1, confident));
        int[] kept = Suppression.KeepPerClass(boxes, scores, kinds, rank, options.SuppressionOverlap, options.DetectionCount);
        return new RegionDetections(Rows.Take<float>(boxes, 2 * rank, kept), Rows.Take<float>(scores, 1, kept), Rows.Take<int>(kinds, 1, kept), []);
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
            Tensor logits = maskHead.call(pooling.Pool(pyramid, boxes, images, maskBins)).flatten(1);
            Tensor classes = tensor([.. found.Classes.Skip(start).Take(count).Select(kind => (long)kind)], device: logits.device);
            Tensor own = OfClass(logits, classes, MaskExtent.Count).sigmoid();
            own.cpu().data<float>().CopyTo(masks.AsSpan((int)(start * MaskExtent.Count)), 0, 0);
        }

        return masks;
    }
}
