using Morula.Backbone;
using Morula.Layers;
using Morula.Proposals;
using Morula.Regions;
using Morula.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Model;

/// <summary>
/// Teaches part by part: proposals, boxes and masks one after the other on the levels of the pyramid, each let go before the next is
/// made, then the pyramid and the trunk from the last segment to the first.
/// </summary>
internal sealed class StagedTeaching(FeaturePyramid pyramid, ProposalNetwork proposals, RegionHeads regions, MemoryOptions memory)
{
    private bool IsHalf => memory.Precision == Precision.BFloat16;

    /// <summary>How often a share of a batch asks for sums.</summary>
    public static int SumsOf(TrainedParts parts, MemoryOptions memory) => memory.ImageChunk > 0 ? 0 : parts == TrainedParts.All ? 2 : 1;

    /// <summary>Adds the gradients of a batch's losses to those of the parts asked for.</summary>
    /// <param name="batch">Images and their truth.</param>
    /// <param name="chances">Per image, choose the anchors and regions that count.</param>
    /// <param name="parts">What is taught.</param>
    /// <param name="losses">Gathers the losses.</param>
    /// <param name="share">The place of the images in their batch.</param>
    /// <param name="isLast">Whether gradients are whole afterwards.</param>
    public void Teach(Batch batch, IReadOnlyList<Random> chances, TrainedParts parts, LossSum losses, IBatchShare share, bool isLast)
    {
        Action<IEnumerable<Parameter>>? complete = isLast ? share.Complete : null;
        using var scope = NewDisposeScope();
        bool isFrozen = parts == TrainedParts.Regions;
        using RecordedPyramid? recorded = isFrozen ? null : pyramid.Record(batch.Images, memory.RecomputedStages, memory.RecomputedPyramid, memory.Precision);
        IReadOnlyList<Tensor> levels = recorded?.Levels ?? Frozen.Run(() => pyramid.call(batch.Images));
        float[][] boxes = TeachProposals(levels, batch, chances, isFrozen, losses, share);
        if (!isFrozen) complete?.Invoke(proposals.parameters());
        if (parts != TrainedParts.Proposals)
        {
            TeachRegions([.. levels.Take(pyramid.RegionLevels)], boxes, batch, chances, losses, share);
            complete?.Invoke(regions.parameters());
        }

        recorded?.Backward(begins: null, complete);
    }

    private float[][] TeachProposals(IReadOnlyList<Tensor> levels, Batch batch, IReadOnlyList<Random> chances, bool isFrozen, LossSum losses, IBatchShare share)
    {
        using var scope = NewDisposeScope();
        AnchorPredictions predictions;
        using (HalfPrecision.Begin(IsHalf, batch.Images.device_type))
            predictions = isFrozen ? Frozen.Run(() => proposals.Predict(levels)) : proposals.Predict(levels);
        float[][] boxes = [.. proposals.Select(predictions, batch.Extent).Select(found => found.Boxes)];
        if (isFrozen) return boxes;
        ProposalLosses found = proposals.Losses(predictions, [.. batch.Truth.Select(truth => truth.Boxes)], chances);
        Weigh(losses, share, (Losses.Names[0], found.SampledCount), (Losses.Names[1], found.PositiveCount));
        losses.Teach([(Losses.Names[0], found.Objectness), (Losses.Names[1], found.Box)]);
        return boxes;
    }

    private void TeachRegions(IReadOnlyList<Tensor> levels, float[][] boxes, Batch batch, IReadOnlyList<Random> chances, LossSum losses, IBatchShare share)
    {
        DrawnRegions drawn = regions.Draw(boxes, batch.Truth, chances);
        var (all, positives, masked, known) = regions.Counts(drawn, batch.Truth);
        Weigh(losses, share, (RegionHeads.ClassLoss, all), (RegionHeads.BoxLoss, positives), (RegionHeads.MaskLoss, masked), (RegionHeads.EventLoss, known));
        using var parts = regions.LossParts(levels, drawn, batch.Truth, memory.RegionChunk).GetEnumerator();
        while (TeachNext(parts, batch.Images.device_type, losses))
        {
        }
    }

    // A loss is a mean over all images of the batch. Chunks of images are batches of their own.
    private void Weigh(LossSum losses, IBatchShare share, params (string Name, int Count)[] means)
    {
        if (share.Count == 1 || memory.ImageChunk > 0) return;
        IReadOnlyList<double> whole = share.Sum([.. means.Select(mean => (double)mean.Count)]);
        for (int index = 0; index < means.Length; index++) losses.Weigh(means[index].Name, means[index].Count, whole[index]);
    }

    // False where there is none left. The scope frees a part before the next is made.
    private bool TeachNext(IEnumerator<IReadOnlyList<(string Name, Tensor Loss)>> parts, DeviceType device, LossSum losses)
    {
        using var scope = NewDisposeScope();
        using (HalfPrecision.Begin(IsHalf, device))
            if (!parts.MoveNext()) return false;
        losses.Teach(parts.Current);
        return true;
    }
}
