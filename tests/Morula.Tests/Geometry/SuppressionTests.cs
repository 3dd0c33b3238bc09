using Morula.Geometry;
using Xunit;

namespace Morula.Tests.Geometry;

public sealed class SuppressionTests
{
    [Theory]
    [Ranks(0.0), Ranks(0.1), Ranks(0.3), Ranks(1.0)]
    public void The_kept_boxes_are_those_of_the_definition(int rank, double threshold)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            float[] boxes = RandomBoxes.Make(seed, rank, 200), scores = RandomBoxes.Scores(seed, 200);
            var classes = new int[200];
            Assert.Equal(Slowly(boxes, scores, classes, rank, threshold, 1000), Suppression.Keep(boxes, scores, rank, threshold, 1000));
            Assert.Equal(Slowly(boxes, scores, classes, rank, threshold, 12), Suppression.Keep(boxes, scores, rank, threshold, 12));
        }
    }

    [Theory, Ranks]
    public void Classes_do_not_suppress_each_other(int rank)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            float[] boxes = RandomBoxes.Make(seed, rank, 150, side: 25), scores = RandomBoxes.Scores(seed, 150);
            int[] classes = [.. Enumerable.Range(0, 150).Select(index => (index * 7) % 3)];
            int[] kept = Suppression.KeepPerClass(boxes, scores, classes, rank, 0.1, 80);
            Assert.Equal(Slowly(boxes, scores, classes, rank, 0.1, 80), kept);
            Assert.NotEqual(kept, Suppression.Keep(boxes, scores, rank, 0.1, 80));
        }
    }

    [Theory, Ranks]
    public void Each_part_has_its_own_limit(int rank)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            float[] boxes = RandomBoxes.Make(seed, rank, 150, side: 60), scores = RandomBoxes.Scores(seed, 150);
            int[] parts = [.. Enumerable.Range(0, 150).Select(index => (index * 7) % 3)], most = [4, 0, 9];
            var kept = new List<int>();
            foreach (int index in Enumerable.Range(0, 150).OrderByDescending(index => scores[index]))
            {
                if (kept.Count(other => parts[other] == parts[index]) < most[parts[index]] && kept.TrueForAll(other => RandomBoxes.Overlap(boxes, other, boxes, index, rank) <= 0.1))
                    kept.Add(index);
            }

            Assert.Equal(13, kept.Count);
            Assert.Equal(kept, Suppression.KeepPerPart(boxes, scores, parts, rank, 0.1, most));
        }
    }

    [Fact]
    public void An_overlap_of_exactly_the_threshold_is_kept()
    {
        float[] boxes = [0, 0, 2, 1, 1, 0, 3, 1]; // share 1 of 3
        Assert.Equal([0, 1], Suppression.Keep(boxes, [0.9f, 0.8f], 2, 1f / 3, 10));
        Assert.Equal([0], Suppression.Keep(boxes, [0.9f, 0.8f], 2, MathF.BitDecrement(1f / 3), 10));
    }

    [Fact]
    public void Equal_scores_go_by_index_and_negative_scores_come_last()
    {
        float[] boxes = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7];
        Assert.Equal([1, 0, 3, 2], Suppression.Keep(boxes, [0.5f, 0.7f, -1f, 0.5f], 2, 0.5, 10));
    }

    [Theory, InlineData(2), InlineData(3)]
    public void One_slice_or_one_frame_changes_nothing(int rank)
    {
        float[] boxes = RandomBoxes.Make(5, rank, 200), scores = RandomBoxes.Scores(5, 200);
        Assert.Equal(Suppression.Keep(boxes, scores, rank, 0.2, 200), Suppression.Keep(RandomBoxes.Lift(boxes, rank), scores, rank + 1, 0.2, 200));
    }

    [Fact]
    public void Nothing_in_nothing_out() => Assert.Empty(Suppression.Keep([], [], 3, 0.5, 10));

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Suppression.Keep([0, 0, 1, 1], [1, 1], 2, 0.5, 10));
        Assert.Throws<ArgumentException>(() => Suppression.KeepPerClass([0, 0, 1, 1], [1], [1, 2], 2, 0.5, 10));
        Assert.Throws<ArgumentException>(() => Suppression.KeepPerPart([0, 0, 1, 1], [1], [], 2, 0.5, [10]));
    }

    private static int[] Slowly(float[] boxes, float[] scores, int[] classes, int rank, double threshold, int most)
    {
        var kept = new List<int>();
        foreach (int index in Enumerable.Range(0, scores.Length).OrderByDescending(index => scores[index]))
        {
            if (kept.TrueForAll(other => classes[other] != classes[index] || RandomBoxes.Overlap(boxes, other, boxes, index, rank) <= threshold))
                kept.Add(index);
        }

        return [.. kept.Take(most)];
    }
}
