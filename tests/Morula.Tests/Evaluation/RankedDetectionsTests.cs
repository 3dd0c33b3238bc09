using CsCheck;
using Morula.Evaluation;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class RankedDetectionsTests
{
    [Fact]
    public void Average_precision_agrees_with_the_definition() => LabelScenes.Pairs.Array[1, 3].Sample(scenes =>
    {
        var images = scenes.Select(scene => (Iou: Slow.Iou(scene.Truth, scene.Prediction), Scores: ScoresOf(scene))).ToArray();
        AveragePrecision found = AveragePrecision.Of([.. scenes.Select(scene =>
            RankedDetections.Rank(Contingency.Count(scene.Truth, scene.Prediction), new CellAttributes { Scores = scene.Scores }))]);
        int truthCells = images.Sum(image => image.Iou.GetLength(0));
        if (truthCells == 0)
        {
            Assert.Null(found.Mean);
            return;
        }

        double[] expected = [.. Enumerable.Range(0, 10).Select(step => AtThreshold(images, (50 + (5 * step)) / 100.0, truthCells))];
        Assert.Equal(expected.Average(), found.Mean!.Value, 1e-9);
        Assert.Equal(expected[0], found.At50!.Value, 1e-9);
        Assert.Equal(expected[5], found.At75!.Value, 1e-9);
    }, iter: 200);

    [Fact]
    public void Paper_metric_agrees_with_the_definition() => LabelScenes.Pairs.Sample(scene =>
    {
        double[,] iou = Slow.Iou(scene.Truth, scene.Prediction);
        int truthCells = iou.GetLength(0);
        int predicted = iou.GetLength(1);
        PaperScores found = PaperScores.Of(Contingency.Count(scene.Truth, scene.Prediction), null, new CellAttributes { Scores = scene.Scores });
        if (truthCells == 0 || predicted == 0)
        {
            Assert.Equal(truthCells + predicted == 0 ? null : 0.0, found.AveragePrecision);
            return;
        }

        bool[] right = [.. Greedy(iou, ScoresOf(scene), 0.5).Select(taken => taken.Right)];
        double area = 0;
        for (int level = 1; level <= right.Count(hit => hit); level++)
        {
            // Precision at a recall: the best over all cuts that reach it.
            double best = Enumerable.Range(1, predicted).Where(cut => right.Take(cut).Count(hit => hit) >= level)
                .Max(cut => right.Take(cut).Count(hit => hit) / (double)cut);
            area += best / truthCells;
        }

        Assert.Equal(area, found.AveragePrecision!.Value, 1e-9);
        Assert.Equal(right.Count(hit => hit) / (double)predicted, found.Precision!.Value, 1e-9);
        Assert.Equal(right.Count(hit => hit) / (double)truthCells, found.Recall!.Value, 1e-9);
    }, iter: 300);

    [Fact]
    public void Paper_metric_compares_classes_where_both_sides_have_them()
    {
        Contingency table = Contingency.Count(LabelScenes.Of([1, 4], 1, 1, 2, 2), LabelScenes.Of([1, 4], 1, 1, 2, 2));
        var truth = new CellAttributes { Classes = new Dictionary<int, string> { [1] = "cuboid", [2] = "pyramid" } };
        var predicted = new CellAttributes { Classes = new Dictionary<int, string> { [1] = "cuboid", [2] = "cuboid" } };
        Assert.Equal(0.5, PaperScores.Of(table, truth, predicted).Precision);
        Assert.Equal(1, PaperScores.Of(table, null, predicted).Precision);
    }

    [Fact]
    public void A_cell_without_score_ranks_last_where_others_have_one()
    {
        Contingency table = Contingency.Count(LabelScenes.Of([1, 2], 0, 2), LabelScenes.Of([1, 2], 1, 2));
        var scores = new CellAttributes { Scores = new Dictionary<int, double> { [2] = 0.1 } };
        Assert.Equal(0.5, AveragePrecision.Of([RankedDetections.Rank(table)]).At50!.Value, 1e-12);
        Assert.Equal(1, AveragePrecision.Of([RankedDetections.Rank(table, scores)]).At50!.Value, 1e-12);
    }

    private static double[] ScoresOf((Morula.Volumes.LabelVolume Truth, Morula.Volumes.LabelVolume Prediction, Dictionary<int, double> Scores) scene) =>
        [.. Slow.Names(scene.Prediction).Select(label => scene.Scores[label])];

    private static List<(double Score, bool Right)> Greedy(double[,] iou, double[] scores, double threshold)
    {
        var free = Enumerable.Range(0, iou.GetLength(0)).ToList();
        var result = new List<(double, bool)>();
        foreach (int cell in Enumerable.Range(0, scores.Length).OrderByDescending(index => scores[index]).ThenBy(index => index))
        {
            int[] able = [.. free.Where(row => iou[row, cell] >= threshold).OrderByDescending(row => iou[row, cell]).ThenByDescending(row => row)];
            if (able.Length > 0) free.Remove(able[0]);
            result.Add((scores[cell], able.Length > 0));
        }

        return result;
    }

    private static double AtThreshold((double[,] Iou, double[] Scores)[] images, double threshold, int truthCells)
    {
        bool[] right = [.. images.SelectMany(image => Greedy(image.Iou, image.Scores, threshold)).OrderByDescending(cell => cell.Score).Select(cell => cell.Right)];
        return Enumerable.Range(0, 101).Average(step => Enumerable.Range(1, right.Length)
            .Where(cut => right.Take(cut).Count(hit => hit) / (double)truthCells >= step * 0.01)
            .Select(cut => right.Take(cut).Count(hit => hit) / (double)cut)
            .DefaultIfEmpty(0).Max());
    }
}
