using CsCheck;
using Morula.Evaluation;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class ContingencyTests
{
    [Fact]
    public void Agrees_with_masks() => LabelScenes.Pairs.Sample(scene =>
    {
        var (truth, prediction, _) = scene;
        Contingency table = Contingency.Count(truth, prediction);
        Assert.Equal(Slow.Names(truth), table.TruthLabels);
        Assert.Equal(Slow.Names(prediction), table.PredictedLabels);
        Assert.Equal(table.TruthLabels.Select(label => (long)Slow.Size(truth, label)), table.TruthSizes);
        Assert.Equal(table.PredictedLabels.Select(label => (long)Slow.Size(prediction, label)), table.PredictedSizes);
        double[,] iou = Slow.Iou(truth, prediction);
        var expected =
            from row in Enumerable.Range(0, table.TruthCount)
            from column in Enumerable.Range(0, table.PredictedCount)
            let shared = Slow.Shared(truth, prediction, table.TruthLabels[row], table.PredictedLabels[column])
            where shared > 0
            select new LabelOverlap(row, column, shared, iou[row, column]);
        Assert.Equal(expected, table.Overlaps);
    }, iter: 300);

    [Fact]
    public void Counts_across_the_chunks_of_a_large_image()
    {
        var extent = new Extent(3, 500, 601);
        var random = new Random(4);
        int[] first = [.. Enumerable.Range(0, (int)extent.Count).Select(_ => random.Next(3))];
        int[] second = [.. first.Select(label => (label + random.Next(2)) % 3)];
        Contingency table = Contingency.Count(new(extent, Spacing.Unit(3), first), new(extent, Spacing.Unit(3), second));
        Assert.Equal(extent.Count, table.VoxelCount);
        var expected = first.Zip(second).Where(pair => pair is { First: > 0, Second: > 0 })
            .CountBy(pair => pair).OrderBy(pair => pair.Key).Select(pair => (pair.Key.First - 1, pair.Key.Second - 1, (long)pair.Value));
        Assert.Equal(expected, table.Overlaps.Select(overlap => (overlap.Truth, overlap.Predicted, overlap.Voxels)));
    }

    [Fact]
    public void Refuses_other_extents() =>
        Assert.Throws<ArgumentException>(() => Contingency.Count(LabelScenes.Of([1, 2], 0, 0), LabelScenes.Of([2, 1], 0, 0)));
}
