using Morula.Layers;
using Morula.Model;
using Morula.Regions;
using Morula.Tests.Layers;
using Morula.Volumes;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Model;

public sealed class MaskRcnnTests
{
    private static readonly string[] AllLosses = ["objectness", "proposal box", "class", "box", "mask"];

    [Theory, Ranks(1), Ranks(2)]
    [NoTensorLeaks]
    public void Losses_are_finite_and_their_gradient_reaches_every_weight(int rank, int images)
    {
        using var scope = NewDisposeScope();
        using MaskRcnn model = new MaskRcnn(TinyScene.Options(rank), 1).Counted();
        using Batch batch = TinyScene.Batch(rank, images);
        Losses losses = model.ComputeLosses(batch, new Random(1));
        Assert.Equal(Expected(rank), losses.Parts().Select(part => part.Name));
        Assert.All(losses.Parts(), part => Assert.True(float.IsFinite(part.Loss.item<float>()) && part.Loss.item<float>() > 0, part.Name));
        Assert.Equal(losses.Parts().Sum(part => part.Loss.item<float>()), losses.Total().item<float>(), 1e-5f);
        losses.Total().backward();
        RoiAlign.EndBackward();
        Assert.All(model.named_parameters(), entry =>
        {
            Assert.True(entry.parameter.grad is not null, entry.name);
            float size = entry.parameter.grad!.abs().sum().item<float>();
            Assert.True(float.IsFinite(size) && size > 0, $"{entry.name}: {size}");
        });
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Teaching_the_proposals_leaves_the_heads_alone(int rank)
    {
        using var scope = NewDisposeScope();
        using MaskRcnn model = new MaskRcnn(TinyScene.Options(rank), 1).Counted();
        using Batch batch = TinyScene.Batch(rank);
        Losses losses = model.ComputeLosses(batch, new Random(1), TrainedParts.Proposals);
        Assert.Equal(AllLosses[..2], losses.Parts().Select(part => part.Name));
        losses.Total().backward();
        RoiAlign.EndBackward();
        Assert.All(model.named_parameters(), entry => Assert.Equal(entry.name.StartsWith("regions", StringComparison.Ordinal), entry.parameter.grad is null));
        Assert.All(model.ParametersOf(TrainedParts.Proposals), parameter => Assert.NotNull(parameter.grad));
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Teaching_the_regions_leaves_the_trunk_and_the_proposals_alone(int rank)
    {
        using var scope = NewDisposeScope();
        using MaskRcnn model = new MaskRcnn(TinyScene.Options(rank), 1).Counted();
        using Batch batch = TinyScene.Batch(rank);
        Losses losses = model.ComputeLosses(batch, new Random(1), TrainedParts.Regions);
        Assert.Equal(Expected(rank)[2..], losses.Parts().Select(part => part.Name));
        losses.Total().backward();
        RoiAlign.EndBackward();
        Assert.All(model.named_parameters(), entry => Assert.Equal(!entry.name.StartsWith("regions", StringComparison.Ordinal), entry.parameter.grad is null));
        Assert.All(model.ParametersOf(TrainedParts.Regions), parameter => Assert.NotNull(parameter.grad));
        Assert.Equal(model.parameters().Count(), model.ParametersOf(TrainedParts.Regions).Concat(model.ParametersOf(TrainedParts.Proposals)).Count());
    }

    [Theory, Ranks, NoTensorLeaks]
    public void An_image_without_cells_teaches_too(int rank)
    {
        using var scope = NewDisposeScope();
        using MaskRcnn model = new MaskRcnn(TinyScene.Options(rank), 1).Counted();
        using Batch full = TinyScene.Batch(rank);
        var batch = full with { Truth = [full.Truth[0] with { Boxes = [], Classes = [], Labels = [] }] };
        Losses losses = model.ComputeLosses(batch, new Random(1));
        Assert.Equal(0, losses.ProposalBox!.item<float>());
        Assert.Equal(0, losses.Mask!.item<float>());
        losses.Total().backward();
        RoiAlign.EndBackward();
        Assert.All(model.parameters().Where(parameter => parameter.grad is not null), parameter => Assert.True(float.IsFinite(parameter.grad!.sum().item<float>())));
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Detections_are_sorted_inside_the_image_and_probable(int rank)
    {
        using var scope = NewDisposeScope();
        ModelOptions options = TinyScene.Options(rank);
        options = options with { Classes = ["round", "long"], Regions = options.Regions with { ScoreThreshold = 0, ClassAgnostic = false, DetectionCount = 15 } };
        using MaskRcnn model = new MaskRcnn(options, 1).Counted();
        Randomise(model);
        using Batch batch = TinyScene.Batch(rank, 2);
        IReadOnlyList<Detections> found = model.Detect(batch.Images);
        Assert.Equal(2, found.Count);
        foreach (Detections image in found)
        {
            Assert.InRange(image.Count, 3, 15);
            Assert.Equal(rank, image.Rank);
            Assert.Equal(image.Scores.OrderDescending(), image.Scores);
            Assert.All(image.Scores, score => Assert.InRange(score, 0, 1));
            Assert.All(image.Classes, kind => Assert.InRange(kind, 1, 2));
            Assert.Equal(image.Count * image.MaskExtent.Count, image.Masks.Length);
            Assert.All(image.Masks, probability => Assert.InRange(probability, 0, 1));
            for (int index = 0; index < image.Count; index++)
            {
                float[] box = image.Box(index).ToArray();
                for (int axis = 0; axis < rank; axis++) Assert.True(box[axis] >= 0 && box[axis] <= box[rank + axis] && box[rank + axis] <= batch.Extent[axis]);
                Assert.Equal(image.MaskExtent.Count, image.Mask(index).Length);
            }
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void The_same_seed_gives_the_same_weights_and_losses(int rank)
    {
        using var scope = NewDisposeScope();
        using MaskRcnn first = new MaskRcnn(TinyScene.Options(rank), 5).Counted();
        using MaskRcnn second = new MaskRcnn(TinyScene.Options(rank), 5).Counted();
        using MaskRcnn other = new MaskRcnn(TinyScene.Options(rank), 6).Counted();
        using Batch batch = TinyScene.Batch(rank);
        Assert.Equal(Numbers(first), Numbers(second));
        Assert.NotEqual(Numbers(first), Numbers(other));
        Assert.Equal(Losses(first, 3), Losses(second, 3));
        Assert.NotEqual(Losses(first, 3), Losses(other, 3));

        float[] Losses(MaskRcnn model, int seed) => [.. model.ComputeLosses(batch, new Random(seed)).Parts().Select(part => part.Loss.item<float>())];
    }

    [Theory, Ranks, NoTensorLeaks]
    public void A_step_leaves_its_losses_and_nothing_else(int rank)
    {
        using var scope = NewDisposeScope();
        using MaskRcnn model = new MaskRcnn(TinyScene.Options(rank), 1).Counted();
        using Batch batch = TinyScene.Batch(rank);
        foreach (var (parts, count) in new[] { (TrainedParts.All, Expected(rank).Length), (TrainedParts.Proposals, 2), (TrainedParts.Regions, Expected(rank).Length - 2) })
        {
            long before = Tensor.TotalCount;
            Losses losses = model.ComputeLosses(batch, new Random(1), parts);
            Assert.Equal(before + count, Tensor.TotalCount);
            Tensor total = losses.Total();
            total.backward();
            RoiAlign.EndBackward();
            Assert.Equal(before + count + 1, Tensor.TotalCount);
        }

        long beforehand = Tensor.TotalCount;
        model.Detect(batch.Images);
        Assert.Equal(beforehand, Tensor.TotalCount);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Images_need_not_be_multiples_of_the_stride(int rank)
    {
        using var scope = NewDisposeScope();
        using MaskRcnn model = new MaskRcnn(TinyScene.Options(rank), 1).Counted();
        Assert.Equal([.. new[] { 1, 4, 4, 4 }[^rank..]], model.LargestStride);
        using Batch batch = TinyScene.Batch(new Extent([.. new[] { 2, 17, 15, 18 }[^rank..]]), 1);
        Losses losses = model.ComputeLosses(batch, new Random(1));
        Assert.All(losses.Parts(), part => Assert.True(float.IsFinite(part.Loss.item<float>())));
        model.Detect(batch.Images);
    }

    internal static float[] Numbers(MaskRcnn model) => [.. model.parameters().SelectMany(parameter => Dense.Of(parameter).Values)];

    /// <summary>Spreads scores and deltas as training would; fresh weights give nearly equal ones.</summary>
    internal static void Randomise(MaskRcnn model)
    {
        int seed = 40;
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (!name.Contains("logits", StringComparison.Ordinal) && !name.Contains("deltas", StringComparison.Ordinal)) continue;
            Weights.Set(parameter, Dense.Random(seed++, [.. parameter.shape.Select(size => (int)size)]).Values);
        }
    }

    // Movies also tell births and divisions.
    private static string[] Expected(int rank) => rank == 4 ? [.. AllLosses, "events"] : AllLosses;
}
