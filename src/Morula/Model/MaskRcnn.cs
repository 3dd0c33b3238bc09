using Morula.Backbone;
using Morula.Layers;
using Morula.Proposals;
using Morula.Regions;
using Morula.Tensors;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Model;

/// <summary>Mask R-CNN (He et al. 2017) for images of rank 2, 3 or 4: boxes and masks of every cell.</summary>
public sealed class MaskRcnn : Module
{
    private readonly FeaturePyramid pyramid;
    private readonly ProposalNetwork proposals;
    private readonly RegionHeads regions;

    /// <summary>Makes the network with fresh weights drawn from a seed.</summary>
    /// <exception cref="ArgumentException">Options that do not fit each other.</exception>
    public MaskRcnn(ModelOptions options, int seed)
        : base(nameof(MaskRcnn))
    {
        manual_seed(seed);
        Options = options;
        pyramid = new FeaturePyramid(options.Rank, options.Backbone);
        proposals = new ProposalNetwork(options.Rank, options.Backbone, pyramid.Strides, options.Proposals);
        regions = new RegionHeads(
            options.Rank, options.Backbone, [.. pyramid.Strides.Take(pyramid.RegionLevels)], options.Classes.Count, options.Regions);
        RegisterComponents();
    }

    /// <summary>What the network is made of.</summary>
    public ModelOptions Options { get; }

    /// <summary>Number of learnt numbers.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Largest stride of the pyramid per axis; images whose sizes are multiples lose nothing at their borders.</summary>
    public int[] LargestStride => [.. pyramid.Strides[^1]];

    /// <summary>Losses of a batch; gradients reach only the parts asked for.</summary>
    /// <param name="batch">Images and their truth.</param>
    /// <param name="random">Chooses the anchors and regions that count.</param>
    /// <param name="parts">What is taught.</param>
    public Losses ComputeLosses(Batch batch, Random random, TrainedParts parts = TrainedParts.All) =>
        ComputeLosses(batch, [.. Enumerable.Repeat(random, batch.Truth.Count)], parts);

    /// <summary>The same, with a source of chance for every image.</summary>
    public Losses ComputeLosses(Batch batch, IReadOnlyList<Random> chances, TrainedParts parts = TrainedParts.All)
    {
        using var scope = NewDisposeScope();
        bool frozen = parts == TrainedParts.Regions;
        var (levels, predictions) = frozen ? Frozen.Run(() => Predict(batch.Images)) : Predict(batch.Images);
        Tensor? objectness = null, proposalBox = null;
        if (!frozen)
        {
            ProposalLosses found = proposals.Losses(predictions, [.. batch.Truth.Select(truth => truth.Boxes)], chances);
            (objectness, proposalBox) = (found.Objectness.MoveToOuterDisposeScope(), found.Box.MoveToOuterDisposeScope());
            if (parts == TrainedParts.Proposals) return new Losses(objectness, proposalBox, null, null, null);
        }

        float[][] boxes = [.. proposals.Select(predictions, batch.Extent).Select(found => found.Boxes)];
        RegionLosses heads = regions.Losses([.. levels.Take(pyramid.RegionLevels)], boxes, batch.Truth, chances);
        return new Losses(
            objectness, proposalBox, heads.Class.MoveToOuterDisposeScope(), heads.Box.MoveToOuterDisposeScope(), heads.Mask.MoveToOuterDisposeScope(),
            heads.Events?.MoveToOuterDisposeScope());
    }

    /// <summary>
    /// Adds the gradients of a batch's losses to those of the parts asked for, and gives the losses: what
    /// <see cref="ComputeLosses(Batch, Random, TrainedParts)"/> and a backward pass do, within less memory.
    /// </summary>
    /// <param name="batch">Images and their truth.</param>
    /// <param name="random">Chooses the anchors and regions that count.</param>
    /// <param name="parts">What is taught.</param>
    /// <param name="memory">Means. Chunks of images are batches of their own, whose losses and gradients are averaged.</param>
    /// <returns>Losses by name, their sum as "loss".</returns>
    public IReadOnlyDictionary<string, double> Teach(Batch batch, Random random, TrainedParts parts, MemoryOptions memory) =>
        Teach(batch, [.. Enumerable.Repeat(random, batch.Truth.Count)], parts, memory, new WholeBatch());

    /// <summary>
    /// The same, with a source of chance for every image, of images that may be a share of a batch: losses and gradients are then their
    /// part of those of the whole batch, and add up to them. Shares are always taught in stages.
    /// </summary>
    internal IReadOnlyDictionary<string, double> Teach(Batch batch, IReadOnlyList<Random> chances, TrainedParts parts, MemoryOptions memory, IBatchShare share)
    {
        using var scope = NewDisposeScope();
        var losses = new LossSum();
        int taught = 0;
        foreach (Batch chunk in batch.Chunks(memory.ImageChunk))
        {
            int count = chunk.Truth.Count;
            Random[] own = [.. chances.Skip(taught).Take(count)];
            taught += count;
            losses.Share = memory.ImageChunk > 0 ? (double)count / (batch.Truth.Count * share.Count) : 1;
            if (memory.Staged || share.Count > 1) new StagedTeaching(pyramid, proposals, regions, memory).Teach(chunk, own, parts, losses, share, taught == batch.Truth.Count);
            else TeachAtOnce(chunk, own, parts, memory, losses);
        }

        return losses.ByName;
    }

    /// <summary>Cells of each image of a batch [N, 1, *S].</summary>
    /// <param name="images">Normalised as in training.</param>
    /// <param name="parts">Their parts, each of which has as many candidates, and proposals, as a training sample of its size; null: one, as large as a sample.</param>
    /// <param name="moments">What the shared part of the network normalises with; null: the images' own.</param>
    /// <param name="withMasks">Whether masks are made too; without, they are empty.</param>
    public IReadOnlyList<Detections> Detect(Tensor images, SampleParts? parts = null, NormalisationMoments? moments = null, bool withMasks = true)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var extent = new Extent([.. images.shape[2..].Select(length => (int)length)]);
        var (levels, predictions) = moments is null ? Predict(images) : moments.Hold(SharedParts, () => Predict(images));
        float[][] boxes = [.. proposals.Select(predictions, extent, parts).Select(found => found.Boxes)];
        return [.. regions.Detect([.. levels.Take(pyramid.RegionLevels)], boxes, extent, parts, withMasks).Select(found =>
            new Detections(Options.Rank, found.Boxes, found.Scores, found.Classes, regions.MaskExtent, found.Masks) { Events = found.Events })];
    }

    /// <summary>The moments that the shared part of the network (trunk, pyramid, proposals) meets in images [N, 1, *S].</summary>
    public NormalisationMoments Observe(Tensor images)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        return NormalisationMoments.Observe(SharedParts, () => Predict(images));
    }

    /// <summary>The same parameters, about in the order in which <see cref="Teach(Batch, Random, TrainedParts, MemoryOptions)"/> ends with them.</summary>
    internal IEnumerable<TorchSharp.Modules.Parameter> TaughtInOrder(TrainedParts parts) => parts switch
    {
        TrainedParts.Proposals => proposals.parameters().Concat(pyramid.parameters().Reverse()),
        TrainedParts.Regions => regions.parameters(),
        _ => proposals.parameters().Concat(regions.parameters()).Concat(pyramid.parameters().Reverse()),
    };

    /// <summary>The parameters that a step on the given parts changes.</summary>
    public IEnumerable<TorchSharp.Modules.Parameter> ParametersOf(TrainedParts parts) => parts switch
    {
        TrainedParts.Proposals => pyramid.parameters().Concat(proposals.parameters()),
        TrainedParts.Regions => regions.parameters(),
        _ => parameters(),
    };

    private void TeachAtOnce(Batch batch, Random[] chances, TrainedParts parts, MemoryOptions memory, LossSum losses)
    {
        using var scope = NewDisposeScope();
        using var half = HalfPrecision.Begin(memory.Precision == Precision.BFloat16, batch.Images.device_type);
        losses.Teach([.. ComputeLosses(batch, chances, parts).Parts()]);
    }

    private Module[] SharedParts => [pyramid, proposals];

    private (IReadOnlyList<Tensor> Levels, AnchorPredictions Predictions) Predict(Tensor images)
    {
        Tensor[] levels = [.. pyramid.call(images).Select(level => level.to(ScalarType.Float32))];
        return (levels, proposals.Predict(levels));
    }
}
