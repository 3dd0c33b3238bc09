using Morula.Geometry;
using Morula.Proposals;
using Morula.Tests.Geometry;
using Morula.Tests.Layers;
using Morula.Volumes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Proposals;

public sealed class ProposalLossTests
{
    [Theory, Ranks, NoTensorLeaks]
    public void Losses_are_what_their_definitions_say(int rank)
    {
        using var scope = NewDisposeScope();
        var given = new AnchorCase(rank);
        using ProposalNetwork network = AnchorCase.Network(rank, AnchorCase.Options);
        var (objectness, box) = network.Losses(given.Predictions(), given.Truth, new Random(1));
        var (rows, numbers) = (new List<(float[], int)>(), new List<(double, double)>());
        for (int image = 0; image < 2; image++)
        {
            int[] matches = given.Match(image);
            for (int anchor = 0; anchor < matches.Length; anchor++)
            {
                if (matches[anchor] == -2) continue;
                rows.Add(([given.Logits[[image, anchor, 0]], given.Logits[[image, anchor, 1]]], matches[anchor] >= 0 ? 1 : 0));
                if (matches[anchor] < 0) continue;
                double[] code = SlowLosses.Encode(given.Truth[image].AsSpan(matches[anchor] * 2 * rank, 2 * rank), given.Anchor(anchor));
                for (int column = 0; column < code.Length; column++) numbers.Add((given.Deltas[[image, anchor, column]], code[column]));
            }
        }

        Assert.InRange(numbers.Count, 5 * 2 * rank, 40 * 2 * rank);
        Assert.Equal(SlowLosses.CrossEntropy(rows), objectness.item<float>(), 1e-5);
        Assert.Equal(SlowLosses.SmoothL1(numbers), box.item<float>(), 1e-4);
    }

    [Fact, NoTensorLeaks]
    public void Losses_equal_those_of_torchvision()
    {
        using var scope = NewDisposeScope();
        var golden = new TorchvisionGolden("proposals", "Proposals");
        using ProposalNetwork network = AnchorCase.Network(2, AnchorCase.Options);
        var (objectness, box) = network.Losses(Golden(golden), [golden.Boxes("truth_0"), golden.Boxes("truth_1")], new Random(1));
        Assert.Equal(golden.Number("objectness_loss"), objectness.item<float>(), 1e-5);
        Assert.Equal(golden.Number("box_loss"), box.item<float>(), 1e-5);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Only_as_many_anchors_count_as_were_asked_for(int rank)
    {
        using var scope = NewDisposeScope();
        var given = new AnchorCase(rank);
        using ProposalNetwork network = AnchorCase.Network(rank, AnchorCase.Options with { SampleCount = 12, PositiveShare = 0.25 });
        AnchorPredictions predictions = given.Predictions();
        predictions.Logits.requires_grad_();
        predictions.Deltas.requires_grad_();
        var (objectness, box) = network.Losses(predictions, given.Truth, new Random(4));
        (objectness + box).backward();
        for (int image = 0; image < 2; image++)
        {
            int[] matches = given.Match(image);
            int[] counted = Touched(predictions.Logits.grad![image]), positives = Touched(predictions.Deltas.grad![image]);
            Assert.Equal(12, counted.Length);
            Assert.Equal(Math.Min(3, matches.Count(match => match >= 0)), positives.Length);
            Assert.All(counted, anchor => Assert.NotEqual(-2, matches[anchor]));
            Assert.Equal(counted.Where(anchor => matches[anchor] >= 0), positives);
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Without_cells_the_box_loss_is_zero_and_both_can_be_differentiated(int rank)
    {
        using var scope = NewDisposeScope();
        var given = new AnchorCase(rank);
        using ProposalNetwork network = AnchorCase.Network(rank, AnchorCase.Options);
        AnchorPredictions predictions = given.Predictions();
        predictions.Logits.requires_grad_();
        predictions.Deltas.requires_grad_();
        var (objectness, box) = network.Losses(predictions, [[], []], new Random(1));
        Assert.Equal(0, box.item<float>());
        (objectness + box).backward();
        Assert.Equal(0, predictions.Deltas.grad!.abs().max().item<float>());
        Assert.Equal(AnchorCase.Count, Touched(predictions.Logits.grad![1]).Length);
    }

    [Fact, NoTensorLeaks]
    public void Losses_leave_two_tensors_and_nothing_else()
    {
        using var scope = NewDisposeScope();
        using ProposalNetwork network = AnchorCase.Network(3, AnchorCase.Options);
        var given = new AnchorCase(3);
        AnchorPredictions predictions = given.Predictions();
        long before = Tensor.TotalCount;
        _ = network.Losses(predictions, given.Truth, new Random(1));
        Assert.Equal(before + 2, Tensor.TotalCount);
        _ = network.Select(predictions, Extent.Cube(3, 27));
        Assert.Equal(before + 2, Tensor.TotalCount);
    }

    internal static AnchorPredictions Golden(TorchvisionGolden golden)
    {
        float[] anchors = golden.Boxes("anchors");
        int count = anchors.Length / 4;
        return new AnchorPredictions(
            tensor(golden.Floats("logits"), [2, count, 2]), tensor(golden.Boxes("deltas"), [2, count, 4]), Boxes.From(anchors, 2));
    }

    /// <summary>Rows of a gradient that are not all zero.</summary>
    private static int[] Touched(Tensor gradient)
    {
        float[] rows = Dense.Of(gradient.abs().sum(1)).Values;
        return [.. Enumerable.Range(0, rows.Length).Where(row => rows[row] > 0)];
    }
}
