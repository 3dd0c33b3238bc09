using CsCheck;
using Morula.Evaluation;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class TrackingChallengeScoresTests
{
    [Fact]
    public void Agrees_with_the_definition() => LabelScenes.Pairs.Sample(scene =>
    {
        var (truth, prediction, _) = scene;
        int[] rows = Slow.Names(truth);
        int[] columns = Slow.Names(prediction);
        double[,] iou = Slow.Iou(truth, prediction);
        bool Holds(int r, int s) => Slow.Shared(truth, prediction, r, s) > Slow.Size(truth, r) / 2.0;
        double overlaps = rows.SelectMany((r, row) => columns.Select((s, column) => Holds(r, s) ? iou[row, column] : 0)).Sum();
        int missed = rows.Count(r => !columns.Any(s => Holds(r, s)));
        int[] held = [.. columns.Select(s => rows.Count(r => Holds(r, s)))];
        double work = (10 * missed) + held.Sum(count => count == 0 ? 1 : 5 * (count - 1));
        TrackingChallengeScores scores = TrackingChallengeScores.Of(Contingency.Count(truth, prediction));
        if (rows.Length == 0)
        {
            Assert.Null(scores.Seg);
            Assert.Null(scores.Det);
            return;
        }

        Assert.Equal(overlaps / rows.Length, scores.Seg!.Value, 1e-9);
        Assert.Equal(1 - (Math.Min(work, 10 * rows.Length) / (10 * rows.Length)), scores.Det!.Value, 1e-9);
    }, iter: 300);

    [Fact]
    public void Half_a_cell_is_not_held()
    {
        TrackingChallengeScores scores = TrackingChallengeScores.Of(Contingency.Count(LabelScenes.Of([1, 4], 1, 1, 1, 1), LabelScenes.Of([1, 4], 5, 5, 6, 6)));
        Assert.Equal(0, scores.Seg);
        Assert.Equal((1, 2), (scores.Missed, scores.Extra));
        Assert.Equal(0, scores.Det);
    }

    [Fact]
    public void Two_cells_held_by_one_are_one_split()
    {
        TrackingChallengeScores scores = TrackingChallengeScores.Of(Contingency.Count(LabelScenes.Of([1, 4], 1, 1, 2, 2), LabelScenes.Of([1, 4], 5, 5, 5, 5)));
        Assert.Equal(0.5, scores.Seg);
        Assert.Equal(1 - (5.0 / 20), scores.Det);
    }
}
