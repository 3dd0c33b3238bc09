using Morula.Backbone;
using Morula.Geometry;
using Morula.Matching;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Proposals;

/// <summary>Pyramid to candidate boxes, and the two losses that teach it (Ren et al. 2015, Faster R-CNN, section 3.1).</summary>
public sealed class ProposalNetwork : Module
{
    private readonly ProposalOptions options;
    private readonly ProposalHead head;
    private readonly AnchorGrid anchors;
    private readonly BoxCoder coder;
    private readonly AnchorAssigner assigner;
    private readonly int rank;

    /// <summary>Makes the network with fresh weights for the levels of a pyramid.</summary>
    /// <exception cref="ArgumentException">The anchors do not fit the pyramid's levels.</exception>
    public ProposalNetwork(int rank, BackboneOptions backbone, IReadOnlyList<int[]> strides, ProposalOptions options)
        : base(nameof(ProposalNetwork))
    {
        this.rank = rank;
        this.options = options;
        int levels = options.Anchors.Count;
        float[][][] shapes = options.AnchorShapes(rank);
        if (levels == 0 || options.FirstLevel + levels > strides.Count || Array.Exists(shapes, level => level.Length != shapes[0].Length || level.Length == 0))
        {
            throw new ArgumentException(
                $"Proposals.Anchors lists {levels} levels from level {options.FirstLevel}; the pyramid has {strides.Count} levels, and every level needs the same number of anchors, at least one.",
                nameof(options));
        }

        head = new ProposalHead(rank, backbone.PyramidWidth, shapes[0].Length, backbone, options);
        anchors = new AnchorGrid(shapes, [.. strides.Skip(options.FirstLevel).Take(levels)]);
        coder = new BoxCoder(options.CentreDeviation, options.SizeDeviation);
        assigner = new AnchorAssigner(options, rank);
        RegisterComponents();
    }

    /// <summary>Logits and deltas of every anchor.</summary>
    public AnchorPredictions Predict(IReadOnlyList<Tensor> pyramid)
    {
        using var scope = NewDisposeScope();
        var (logits, deltas, boxes, levels) = (new List<Tensor>(), new List<Tensor>(), new List<Tensor>(), new List<AnchorLevel>());
        for (int level = 0; level < options.Anchors.Count; level++)
        {
            Tensor map = pyramid[options.FirstLevel + level];
            var (logit, delta) = head.call(map);
            logits.Add(logit);
            deltas.Add(delta);
            var extent = new Extent([.. map.shape[2..].Select(size => (int)size)]);
            boxes.Add(CutInTime(anchors.Level(level, extent, map.device).Values, extent));
            levels.Add(anchors.Layout(level, extent));
        }

        return new AnchorPredictions(
            cat(logits, 1).to(ScalarType.Float32).MoveToOuterDisposeScope(),
            cat(deltas, 1).to(ScalarType.Float32).MoveToOuterDisposeScope(),
            new Boxes(cat(boxes, 0).MoveToOuterDisposeScope())) { Levels = levels };
    }

    /// <summary>Mean cross-entropy of the sampled anchors and mean smooth L1 of the positive ones' deltas.</summary>
    /// <param name="predictions">Of one batch.</param>
    /// <param name="truth">Per image, its cells' boxes, M x 2D numbers.</param>
    /// <param name="random">Chooses the anchors that count.</param>
    public (Tensor Objectness, Tensor Box) Losses(AnchorPredictions predictions, IReadOnlyList<float[]> truth, Random random)
    {
        ProposalLosses losses = Losses(predictions, truth, [.. Enumerable.Repeat(random, truth.Count)]);
        return (losses.Objectness, losses.Box);
    }

    /// <summary>The same, with a source of chance for every image.</summary>
    public ProposalLosses Losses(AnchorPredictions predictions, IReadOnlyList<float[]> truth, IReadOnlyList<Random> chances)
    {
        using var scope = NewDisposeScope();
        int sampledCount = 0, positiveCount = 0;
        Func<float[], int[]> assign = assigner.For(predictions);
        var (logits, labels, deltas, targets) = (new List<Tensor>(), new List<Tensor>(), new List<Tensor>(), new List<Tensor>());
        for (int image = 0; image < truth.Count; image++)
        {
            int[] matches = assign(truth[image]);
            var (positive, negative) = BalancedSampler.Sample(matches, options.SampleCount, options.PositiveShare, chances[image]);
            (sampledCount, positiveCount) = (sampledCount + positive.Length + negative.Length, positiveCount + positive.Length);
            Tensor sampled = tensor([.. positive.Concat(negative).Select(index => (long)index)], device: predictions.Logits.device);
            logits.Add(predictions.Logits[image].index_select(0, sampled));
            labels.Add(cat([ones(positive.Length, int64), zeros(negative.Length, int64)]).to(predictions.Logits.device));
            if (positive.Length == 0) continue;
            Tensor chosen = sampled.narrow(0, 0, positive.Length);
            deltas.Add(predictions.Deltas[image].index_select(0, chosen));
            targets.Add(Targets(predictions.Anchors, chosen, truth[image], positive.Select(index => matches[index])));
        }

        Tensor objectness = functional.cross_entropy(cat(logits), cat(labels));
        using Scalar none = 0;
        Tensor box = deltas.Count == 0
            ? predictions.Deltas.sum() * none
            : functional.smooth_l1_loss(cat(deltas), cat(targets));
        return new ProposalLosses(objectness.MoveToOuterDisposeScope(), box.MoveToOuterDisposeScope(), sampledCount, positiveCount);
    }

    /// <summary>The best boxes of each image after suppression, on the host: N x 2D numbers and N scores, best first.</summary>
    /// <param name="predictions">Of a batch.</param>
    /// <param name="extent">Sizes of an image in voxels.</param>
    /// <param name="parts">The parts of an image that bring candidates and proposals of their own; null: each image is one, as large as a training sample.</param>
    public IReadOnlyList<(float[] Boxes, float[] Scores)> Select(AnchorPredictions predictions, Extent extent, SampleParts? parts = null)
    {
        parts ??= SampleParts.Whole(extent);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var proposals = new List<(float[] Boxes, float[] Scores)>();
        for (int image = 0; image < predictions.Logits.shape[0]; image++)
        {
            Tensor score = functional.softmax(predictions.Logits[image].detach(), 1).select(1, 1);                      // [A]
            Tensor order = Candidates(score, predictions.Anchors.Values, parts);
            Boxes boxes = coder.Decode(
                predictions.Deltas[image].detach().index_select(0, order),
                new Boxes(predictions.Anchors.Values.index_select(0, order))).ClipTo(extent);
            proposals.Add(Suppress(boxes.Values.cpu().data<float>().ToArray(), score.index_select(0, order).cpu().data<float>().ToArray(), parts));
        }

        return proposals;
    }

    // Of each part, the anchors with the best scores.
    private Tensor Candidates(Tensor score, Tensor boxes, SampleParts parts)
    {
        if (parts.Count == 1) return Best(score, parts.Quota(0, options.CandidateCount));
        float[] anchors = boxes.cpu().data<float>().ToArray();
        var members = new List<long>[parts.Count];
        for (int part = 0; part < members.Length; part++) members[part] = [];
        for (int anchor = 0; anchor * 2 * rank < anchors.Length; anchor++) members[parts.PartOf(anchors.AsSpan(anchor * 2 * rank, 2 * rank))].Add(anchor);
        var chosen = new List<Tensor>();
        for (int part = 0; part < members.Length; part++)
        {
            if (members[part].Count == 0) continue;
            Tensor own = tensor(members[part].ToArray(), device: score.device);
            chosen.Add(own.index_select(0, Best(score.index_select(0, own), parts.Quota(part, options.CandidateCount))));
        }

        return cat(chosen);
    }

    private static Tensor Best(Tensor score, int most) => score.topk((int)Math.Min(most, score.shape[0]), sorted: true).indexes;

    // Time, the first of four axes, is never strided: a map has as many frames as the clip.
    private Tensor CutInTime(Tensor boxes, Extent map)
    {
        if (!options.CutInTime || rank == SpatialAxes.Count(rank)) return boxes;
        using Scalar first = 0, last = map[0];
        foreach (int side in new[] { 0, rank }) boxes.select(1, side).clamp_(first, last);
        return boxes;
    }

    private (float[] Boxes, float[] Scores) Suppress(float[] boxes, float[] scores, SampleParts parts)
    {
        int[] part = [.. Enumerable.Range(0, scores.Length).Select(index => parts.PartOf(boxes.AsSpan(index * 2 * rank, 2 * rank)))];
        int[] most = [.. Enumerable.Range(0, parts.Count).Select(index => parts.Quota(index, options.ProposalCount))];
        int[] kept = Suppression.KeepPerPart(boxes, scores, part, rank, options.SuppressionOverlap, most);
        return (Rows.Take(boxes, 2 * rank, kept), Rows.Take(scores, 1, kept));
    }

    private Tensor Targets(Boxes all, Tensor chosen, float[] truth, IEnumerable<int> matched)
    {
        float[] boxes = Rows.Take(truth, 2 * rank, [.. matched]);
        return coder.Encode(Boxes.From(boxes, rank, all.Values.device), new Boxes(all.Values.index_select(0, chosen)));
    }
}
