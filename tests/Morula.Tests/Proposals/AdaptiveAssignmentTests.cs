using Morula.Backbone;
using Morula.Matching;
using Morula.Proposals;
using Morula.Tests.Geometry;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Proposals;

public sealed class AdaptiveAssignmentTests
{
    private static readonly ProposalOptions Options = new()
    {
        Anchors = [[[4], [6]], [[10], [14]]], Width = 4, Assignment = AnchorAssignment.Adaptive, SampleCount = 100_000, PositiveShare = 1,
    };

    [Theory, Ranks, NoTensorLeaks]
    public void The_losses_count_the_anchors_that_the_adaptive_matcher_names(int rank)
    {
        using var scope = NewDisposeScope();
        using ProposalNetwork network = Network(rank);
        AnchorPredictions predictions = network.Predict([Map(rank, 6), Map(rank, 3)]);
        float[] truth = RandomBoxes.Make(rank, rank, 4, side: 24, largest: 12);
        int[] matches = new AdaptiveMatcher(Options.AdaptiveCandidates, true).Match(truth, predictions.Levels);
        Assert.Equal(predictions.Anchors.Count, matches.Length);
        Tensor deltas = predictions.Deltas.detach().requires_grad_();
        var (objectness, box) = network.Losses(new AnchorPredictions(predictions.Logits, deltas, predictions.Anchors) { Levels = predictions.Levels }, [truth], new Random(1));
        (objectness + box).backward();
        float[] touched = deltas.grad![0].abs().sum(1).data<float>().ToArray();
        Assert.Equal(matches.Select(match => match >= 0), touched.Select(value => value > 0));
        Assert.Contains(matches, match => match >= 0);
    }

    [Fact, NoTensorLeaks]
    public void Predictions_without_levels_are_refused()
    {
        using var scope = NewDisposeScope();
        using ProposalNetwork network = Network(2);
        AnchorPredictions predictions = network.Predict([Map(2, 6), Map(2, 3)]) with { Levels = [] };
        Assert.Throws<ArgumentException>(() => network.Losses(predictions, [[1, 1, 5, 5]], new Random(1)));
    }

    private static ProposalNetwork Network(int rank) =>
        new ProposalNetwork(rank, new BackboneOptions { PyramidWidth = 3 }, [[.. Enumerable.Repeat(4, rank)], [.. Enumerable.Repeat(8, rank)]], Options).Counted();

    private static Tensor Map(int rank, int side)
    {
        long[] shape = [1, 3, .. Enumerable.Repeat((long)side, rank)];
        return linspace(-1, 1, shape.Aggregate(1L, (product, size) => product * size)).reshape(shape);
    }
}
