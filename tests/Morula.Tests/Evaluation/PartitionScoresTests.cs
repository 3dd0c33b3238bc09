using CsCheck;
using Morula.Evaluation;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class PartitionScoresTests
{
    [Fact]
    public void Agrees_with_the_definition() => LabelScenes.Pairs.Sample(scene =>
    {
        var (truth, prediction, _) = scene;
        PartitionScores scores = PartitionScores.Of(Contingency.Count(truth, prediction));
        Same(Slow.AdaptedRandError(truth, prediction), scores.AdaptedRandError);
        Same(Slow.ConditionalEntropy(prediction, truth, truth), scores.VoiSplit);
        Same(Slow.ConditionalEntropy(truth, prediction, truth), scores.VoiMerge);
    }, iter: 200);

    [Fact]
    public void A_cell_cut_in_halves_is_split_by_one_bit()
    {
        PartitionScores scores = PartitionScores.Of(Contingency.Count(LabelScenes.Of([1, 5], 1, 1, 1, 1, 0), LabelScenes.Of([1, 5], 2, 2, 3, 3, 3)));
        Assert.Equal(1, scores.VoiSplit!.Value, 1e-12);
        Assert.Equal(0, scores.VoiMerge!.Value, 1e-12);
    }

    [Fact]
    public void Cells_that_are_not_found_are_merged_in_the_background()
    {
        PartitionScores scores = PartitionScores.Of(Contingency.Count(LabelScenes.Of([1, 4], 1, 1, 2, 2), LabelScenes.Of([1, 4], 0, 0, 0, 0)));
        Assert.Equal(0, scores.VoiSplit!.Value, 1e-12);
        Assert.Equal(1, scores.VoiMerge!.Value, 1e-12);
        Assert.Equal(0.5, scores.AdaptedRandError!.Value, 1e-12);
    }

    private static void Same(double? expected, double? found)
    {
        Assert.Equal(expected is null, found is null);
        Assert.Equal(expected ?? 0, found ?? 0, 1e-9);
    }
}
