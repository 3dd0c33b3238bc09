using Morula.Geometry;
using Morula.Matching;
using Morula.Tests.Geometry;
using Morula.Volumes;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Matching;

public sealed class AdaptiveMatcherTests
{
    [Theory]
    [Ranks(2, false), Ranks(5, false), Ranks(9, true), Ranks(27, true), Ranks(100_000, false)]
    [NoTensorLeaks]
    public void Matches_are_those_of_the_definition(int rank, int candidates, bool keepBest)
    {
        int positives = 0;
        for (int seed = 0; seed < 4; seed++)
        {
            AnchorGrid grid = Grid(rank);
            AnchorLevel[] levels = Levels(grid, rank);
            float[] truth = RandomBoxes.Make(seed, rank, 9, side: 20, largest: seed < 2 ? 12 : 5);
            int[] matches = new AdaptiveMatcher(candidates, keepBest).Match(truth, levels);
            Assert.Equal(Slowly(truth, grid, levels, rank, candidates, keepBest), matches);
            positives += matches.Count(match => match >= 0);
        }

        Assert.True(positives >= 4, $"{positives} positives");
    }

    [Theory, Ranks]
    public void A_truth_smaller_than_a_stride_keeps_its_best_anchor_where_asked(int rank)
    {
        AnchorLevel[] levels = [new AnchorLevel(Extent.Cube(rank, 4), [.. Enumerable.Repeat(8, rank)], [[.. Enumerable.Repeat(9f, rank)]], 0.5)];
        float[] truth = [.. Enumerable.Repeat(6f, rank), .. Enumerable.Repeat(8f, rank)];
        Assert.DoesNotContain(0, new AdaptiveMatcher(9, false).Match(truth, levels));
        int[] matches = new AdaptiveMatcher(9, true).Match(truth, levels);
        Assert.Equal(0, Array.FindIndex(matches, match => match == 0));
        Assert.Single(matches, match => match == 0);
    }

    [Fact]
    public void Without_truth_everything_is_background() =>
        Assert.All(new AdaptiveMatcher(9, true).Match([], Levels(Grid(3), 3)), match => Assert.Equal(Matcher.Negative, match));

    [Theory, Ranks]
    public void Nearest_locations_are_those_of_a_search(int rank)
    {
        var random = new Random(rank);
        var level = new AnchorLevel(new Extent([.. Enumerable.Range(3, rank)]), [.. Enumerable.Range(1, rank)], [new float[rank]], 0.5);
        var nearest = new NearestLocations(level);
        for (int repeat = 0; repeat < 40; repeat++)
        {
            double[] point = [.. Enumerable.Range(0, rank).Select(_ => (random.NextDouble() * 60) - 20)];
            if (repeat % 4 == 0) point = [.. point.Select(value => Math.Round(value))]; // ties
            foreach (int count in new[] { 1, 7, 10_000 }) Assert.Equal(Search(level, point, count), nearest.To(point, count));
        }
    }

    private static AnchorGrid Grid(int rank)
    {
        float[][] fine = [[.. Enumerable.Repeat(4f, rank)], [.. Enumerable.Range(0, rank).Select(axis => 5f + axis)]];
        float[][] coarse = [[.. Enumerable.Repeat(8f, rank)]];
        return new AnchorGrid([fine, coarse], [[.. Enumerable.Repeat(4, rank)], [.. Enumerable.Range(0, rank).Select(axis => axis == 0 ? 5 : 10)]]);
    }

    private static AnchorLevel[] Levels(AnchorGrid grid, int rank) =>
        [grid.Layout(0, Extent.Cube(rank, 5)), grid.Layout(1, new Extent([.. Enumerable.Range(0, rank).Select(axis => axis == 0 ? 4 : 2)]))];

    private static int[] Search(AnchorLevel level, double[] point, int count) =>
        [.. level.Locations.Split(Extent.Cube(point.Length, 1))
            .Select((location, index) => (Distance: Distance(level, location, point), index))
            .OrderBy(entry => entry.Distance).ThenBy(entry => entry.index).Take(count).Select(entry => entry.index)];

    private static double Distance(AnchorLevel level, Block location, double[] point)
    {
        double sum = 0;
        for (int axis = 0; axis < point.Length; axis++)
        {
            double off = location.Lower[axis] - ((point[axis] / level.Strides[axis]) - level.Offset);
            sum += off * off;
        }

        return sum;
    }

    private static int[] Slowly(float[] truth, AnchorGrid grid, AnchorLevel[] levels, int rank, int candidates, bool keepBest)
    {
        using var scope = torch.NewDisposeScope();
        float[] anchors = [.. levels.SelectMany((level, index) => grid.Level(index, level.Locations, torch.CPU).ToArray())];
        int count = anchors.Length / (2 * rank), truths = truth.Length / (2 * rank);
        int[] matches = [.. Enumerable.Repeat(Matcher.Negative, count)];
        var best = new float[count];
        var near = new List<int>[truths];
        for (int which = 0; which < truths; which++)
        {
            near[which] = Near(which);
            double[] overlaps = [.. near[which].Select(anchor => (double)Overlap(which, anchor))];
            double mean = overlaps.Average(), spread = Math.Sqrt(overlaps.Sum(overlap => (overlap - mean) * (overlap - mean)) / Math.Max(1, overlaps.Length - 1));
            foreach (int anchor in near[which].Where(anchor => Overlap(which, anchor) >= mean + spread && Inside(which, anchor) && Overlap(which, anchor) > best[anchor]))
                (matches[anchor], best[anchor]) = (which, Overlap(which, anchor));
        }

        int[] served = [.. matches];
        for (int which = 0; which < truths && keepBest; which++)
        {
            if (served.Contains(which) || !near[which].Exists(anchor => matches[anchor] < 0)) continue;
            int closest = near[which].Where(anchor => matches[anchor] < 0).MaxBy(anchor => Overlap(which, anchor));
            if (Overlap(which, closest) > 0) matches[closest] = which;
        }

        return matches;

        float Overlap(int which, int anchor) => RandomBoxes.Overlap(anchors, anchor, truth, which, rank);

        bool Inside(int which, int anchor) => Enumerable.Range(0, rank).All(axis =>
        {
            float centre = (anchors[(anchor * 2 * rank) + axis] + anchors[(anchor * 2 * rank) + rank + axis]) / 2;
            return truth[(which * 2 * rank) + axis] <= centre && centre < truth[(which * 2 * rank) + rank + axis];
        });

        List<int> Near(int which)
        {
            double[] middle = [.. Enumerable.Range(0, rank).Select(axis => ((double)truth[(which * 2 * rank) + axis] + truth[(which * 2 * rank) + rank + axis]) / 2)];
            var all = new List<int>();
            int first = 0;
            foreach (AnchorLevel level in levels)
            {
                int shapes = level.Shapes.Length, start = first;
                all.AddRange(Search(level, middle, candidates).SelectMany(location => Enumerable.Range(start + (location * shapes), shapes)));
                first += level.Count;
            }

            return all;
        }
    }
}
