using Morula.Backbone;
using Morula.Layers;
using Morula.Proposals;
using Morula.Regions;
using Morula.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Model;

/// <summary>
/// Teaches part by part: proposals, boxes and masks one after the other on the levels of the pyramid, each let go before the next is
/// made, then the pyramid and the trunk from the last segment to the first.
/// </summary>
internal sealed class StagedTeaching(FeaturePyramid pyramid, ProposalNetwork proposals, RegionHeads regions, MemoryOptions memory)
{
    private bool IsHalf => memory.Precision == Precision.BFloat16;

    /// <summary>Adds the gradients of a batch's losses to those of the parts asked for.</summary>
    public void Teach(Batch batch, Random random, TrainedParts parts, LossSum losses)
    {
        using var scope = NewDisposeScope();
        bool isFrozen = parts == TrainedParts.Regions;
        using RecordedPyramid? recorded = isFrozen ? null : pyramid.Record(batch.Images, memory.RecomputedStages, memory.RecomputedPyramid, memory.Precision);
        IReadOnlyList<Tensor> levels = recorded?.Levels ?? Frozen.Run(() => pyramid.call(batch.Images));
        float[][] boxes = TeachProposals(levels, batch, random, isFrozen, losses);
        if (parts != TrainedParts.Proposals) TeachRegions([.. levels.Take(pyramid.RegionLevels)], boxes, batch, random, losses);
        recorded?.Backward();
    }

    private float[][] TeachProposals(IReadOnlyList<Tensor> levels, Batch batch, Random random, bool isFrozen, LossSum losses)
    {
        using var scope = NewDisposeScope();
        AnchorPredictions predictions;
        using (HalfPrecision.Begin(IsHalf, batch.Images.device_type))
            predictions = isFrozen ? Frozen.Run(() => proposals.Predict(levels)) : proposals.Predict(levels);
        float[][] boxes = [.. proposals.Select(predictions, batch.Extent).Select(found => found.Boxes)];
        if (isFrozen) return boxes;
        var (objectness, box) = proposals.Losses(predictions, [.. batch.Truth.Select(truth => truth.Boxes)], random);
        losses.Teach([("objectness", objectness), ("proposal box", box)]);
        return boxes;
    }

    private void TeachRegions(IReadOnlyList<Tensor> levels, float[][] boxes, Batch batch, Random random, LossSum losses)
    {
        using var parts = regions.LossParts(levels, boxes, batch.Truth, random, memory.RegionChunk).GetEnumerator();
        while (TeachNext(parts, batch.Images.device_type, losses))
        {
        }
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
