using CsCheck;
using Morula.Evaluation;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class CellMatchingTests
{
    [Fact]
    public void Agrees_with_trying_all_matchings() => Gen.Select(LabelScenes.Pairs, Gen.Int[1, 20]).Sample((scene, step) =>
    {
        double threshold = step / 20.0;
        CellMatching matching = CellMatching.Match(Contingency.Count(scene.Truth, scene.Prediction), threshold);
        double[,] iou = Slow.Iou(scene.Truth, scene.Prediction);
        var (pairs, sum, _) = Slow.Assign(iou, threshold);
        int truth = iou.GetLength(0);
        int predicted = iou.GetLength(1);
        MatchingScores scores = matching.Scores;
        Assert.Equal((pairs, predicted - pairs, truth - pairs), (scores.TruePositives, scores.FalsePositives, scores.FalseNegatives));
        Assert.Equal(sum, scores.IouSum, 1e-9);
        Assert.Equal(pairs, matching.Pairs.Select(pair => pair.Truth).Distinct().Count());
        Assert.Equal(pairs, matching.Pairs.Select(pair => pair.Predicted).Distinct().Count());
        Assert.All(matching.Pairs, pair => Assert.True(pair.Iou >= threshold));
    }, iter: 500);

    [Fact]
    public void Solver_agrees_with_trying_all_choices_of_crowded_tables() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[1, 10], Gen.Int[0, int.MaxValue]).Sample((rows, columns, tenths, seed) =>
        {
            var random = new Random(seed);
            var table = new double[rows, columns];
            var allowed = new List<LabelOverlap>();
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    if (random.Next(10) >= tenths) continue;
                    table[row, column] = random.Next(1, 9) / 8.0;
                    allowed.Add(new LabelOverlap(row, column, 1, table[row, column]));
                }
            }

            IReadOnlyList<LabelOverlap> chosen = OptimalAssignment.Choose(rows, columns, allowed);
            var (pairs, sum, _) = Slow.Assign(table, 0.01);
            Assert.Equal(pairs, chosen.Count);
            Assert.Equal(sum, chosen.Sum(pair => pair.Iou), 1e-9);
            Assert.Equal(pairs, chosen.Select(pair => pair.Predicted).Distinct().Count());
        }, iter: 1000);

    [Fact]
    public void More_pairs_go_before_a_larger_sum()
    {
        // Truth 1 overlaps both predicted cells, truth 2 only the one that truth 1 overlaps most.
        LabelOverlap[] allowed = [new(0, 0, 1, 0.45), new(0, 1, 1, 0.10), new(1, 0, 1, 0.10)];
        Assert.Equal([allowed[1], allowed[2]], OptimalAssignment.Choose(2, 2, allowed));
    }

    [Fact]
    public void Scores_are_null_without_cells_and_zero_without_matches()
    {
        var none = new MatchingScores(0.5, 0, 0, 0, 0);
        Assert.All([none.Accuracy, none.Precision, none.Recall, none.F1, none.PanopticQuality, none.MeanMatchedScore, none.MeanTrueScore], Assert.Null);
        var missed = new MatchingScores(0.5, 0, 0, 3, 0);
        Assert.All(
            [missed.Accuracy, missed.Precision, missed.Recall, missed.F1, missed.PanopticQuality, missed.MeanMatchedScore, missed.MeanTrueScore],
            score => Assert.Equal(0, score));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Refuses_a_threshold_that_is_no_overlap(double threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CellMatching.Match(Contingency.Count(LabelScenes.Of([1, 1], 1), LabelScenes.Of([1, 1], 1)), threshold));

    [Fact]
    public void Found_cells_take_the_labels_of_their_truth_and_others_new_ones()
    {
        var extent = new Extent(2, 6);
        var truth = new LabelVolume(extent, Spacing.Unit(2), [5, 5, 0, 9, 9, 9, 5, 5, 0, 9, 9, 9]);
        var prediction = new LabelVolume(extent, Spacing.Unit(2), [2, 2, 7, 1, 1, 1, 2, 2, 7, 0, 1, 1]);
        LabelVolume renamed = CellMatching.Match(Contingency.Count(truth, prediction), 0.5).WithTruthLabels(prediction);
        Assert.Equal([5, 5, 10, 9, 9, 9, 5, 5, 10, 0, 9, 9], renamed.Voxels);
    }
}
