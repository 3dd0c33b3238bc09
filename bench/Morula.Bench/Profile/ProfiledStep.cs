using Morula.Backbone;
using Morula.Layers;
using Morula.Model;
using Morula.Proposals;
using Morula.Regions;
using Morula.Samples;
using Morula.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Bench.Profile;

/// <summary>The step of <see cref="Stepper"/> and of <see cref="MaskRcnn.Teach(Batch, Random, TrainedParts, MemoryOptions)"/> in stages, taken by hand with a look at the clock between the parts.</summary>
internal sealed class ProfiledStep : IDisposable
{
    private readonly ProfiledNetwork network;
    private readonly TrainingOptions training;
    private readonly RegionOptions options;
    private readonly RegionTeaching teaching;
    private readonly Descent descent;
    private readonly List<Parameter> taught;
    private readonly int rank;
    private Timeline timeline = new();

    /// <summary>Prepares a descent of its own.</summary>
    public ProfiledStep(ProfiledNetwork network, TrainingOptions training)
    {
        (this.network, this.training) = (network, training);
        ModelOptions model = network.Model.Options;
        (rank, options) = (model.Rank, model.Regions);
        var pooling = new RegionPooling(rank, [.. network.Levels.Strides.Take(network.Levels.RegionLevels)], options);
        teaching = new RegionTeaching(network.Box, network.Mask, pooling, new RegionShape(rank, options), options);
        taught = [.. network.Model.parameters()];
        descent = new Descent(taught, training);
    }

    /// <summary>Takes a step.</summary>
    /// <returns>Seconds by part, and the sum of the losses.</returns>
    public (Timeline Timeline, double Loss) Take(IReadOnlyList<Sample> samples, Random random, double learningRate)
    {
        using var scope = NewDisposeScope();
        timeline = new Timeline();
        var losses = new LossSum();
        timeline.Begin("batch to tensors");
        using Batch batch = Batch.From(samples, CPU);
        timeline.Begin("optimiser");
        descent.Clear();
        using RecordedPyramid recorded = Record(batch);
        float[][] boxes = TeachProposals(recorded, batch, random, losses);
        timeline.Begin("regions: matching and drawing");
        DrawnRegions drawn = DrawnRegions.Draw(boxes, batch.Truth, rank, options, random);
        IReadOnlyList<Tensor> levels = [.. recorded.Levels.Take(network.Levels.RegionLevels)];
        TeachHead(network.Box, ProfiledNetwork.BoxPart, "RoIAlign, boxes", "box losses", losses, () =>
        {
            var (kind, box, _) = teaching.BoxLosses(levels, drawn, All(drawn), batch.Truth);
            return [("class", kind), ("box", box)];
        });
        DrawnRegions masked = drawn.Take(drawn.Masked(options));
        if (masked.Count > 0)
        {
            TeachHead(network.Mask, ProfiledNetwork.MaskPart, "RoIAlign, masks", "mask targets and loss", losses, () =>
                [("mask", teaching.MaskLoss(levels, masked, All(masked), batch.Truth))]);
        }

        timeline.Begin(ProfiledNetwork.PyramidPart, isBackward: true);
        recorded.Backward(value => timeline.Begin(network.OnTape(value), isBackward: true));
        timeline.Begin("optimiser");
        if (training.GradientNorm > 0) nn.utils.clip_grad_norm_(taught, training.GradientNorm);
        descent.Step(learningRate);
        timeline.End();
        return (timeline, losses.ByName["loss"]);
    }

    /// <summary>Frees the state of the descent.</summary>
    public void Dispose() => descent.Dispose();

    private static int[] All(DrawnRegions regions) => [.. Enumerable.Range(0, regions.Count)];

    private RecordedPyramid Record(Batch batch)
    {
        Action stop = network.Listen(part => timeline.Begin(part));
        try
        {
            return network.Levels.Record(batch.Images, recomputedStages: 0, recomputedPyramid: false, Precision.Float32);
        }
        finally
        {
            stop();
        }
    }

    private float[][] TeachProposals(RecordedPyramid recorded, Batch batch, Random random, LossSum losses)
    {
        using var scope = NewDisposeScope();
        timeline.Begin(ProfiledNetwork.ProposalPart);
        AnchorPredictions predictions = network.Proposals.Predict(recorded.Levels);
        timeline.Begin("proposals: choice and suppression");
        float[][] boxes = [.. network.Proposals.Select(predictions, batch.Extent).Select(found => found.Boxes)];
        timeline.Begin("anchors: matching, drawing, losses");
        var (objectness, box) = network.Proposals.Losses(predictions, [.. batch.Truth.Select(truth => truth.Boxes)], random);
        timeline.Begin(ProfiledNetwork.ProposalPart, isBackward: true);
        losses.Teach([("objectness", objectness), ("proposal box", box)]);
        return boxes;
    }

    private void TeachHead<TOutput>(
        nn.Module<Tensor, TOutput> head, string name, string pooling, string judging, LossSum losses, Func<IReadOnlyList<(string, Tensor)>> run)
    {
        using var scope = NewDisposeScope();
        timeline.Begin(pooling);
        using var cut = HeadCut.Before(head, () => timeline.Begin(name), () => timeline.Begin(judging));
        IReadOnlyList<(string, Tensor)> parts = run();
        timeline.Begin(name, isBackward: true);
        losses.Teach(parts);
        timeline.Begin(pooling, isBackward: true);
        cut.Continue();
        RoiAlign.EndBackward();
    }
}
