using Morula.Matching;
using Morula.Tests.Geometry;
using Xunit;

namespace Morula.Tests.Matching;

public sealed class MatcherTests
{
    [Theory]
    [Ranks(true), Ranks(false)]
    public void Matches_are_those_of_the_definition(int rank, bool keepBest)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            float[] truth = RandomBoxes.Make(seed, rank, 11), candidates = RandomBoxes.Make(seed + 100, rank, 333);
            candidates.AsSpan(0, 40 * rank).CopyTo(candidates.AsSpan(40 * rank)); // twins: ties
            int[] matches = new Matcher(0.2, 0.05, keepBest).Match(truth, candidates, rank, out float[] best);
            (int[] expected, float[] expectedBest) = Slowly(truth, candidates, rank, 0.2f, 0.05f, keepBest);
            Assert.Equal(expected, matches);
            Assert.Equal(expectedBest, best);
            Assert.Contains(matches, match => match >= 0);
            Assert.Contains(Matcher.Ignored, matches);
        }
    }

    [Fact]
    public void Many_candidates_in_several_chunks_match_the_same()
    {
        float[] truth = RandomBoxes.Make(1, 3, 17, side: 100), candidates = RandomBoxes.Make(2, 3, 20_001, side: 100);
        int[] matches = new Matcher(0.4, 0.2, true).Match(truth, candidates, 3, out float[] best);
        (int[] expected, float[] expectedBest) = Slowly(truth, candidates, 3, 0.4f, 0.2f, true);
        Assert.Equal(expected, matches);
        Assert.Equal(expectedBest, best);
    }

    [Theory, InlineData(2), InlineData(3)]
    public void One_slice_or_one_frame_changes_nothing(int rank)
    {
        float[] truth = RandomBoxes.Make(1, rank, 11), candidates = RandomBoxes.Make(2, rank, 333);
        var matcher = new Matcher(0.3, 0.1, true);
        Assert.Equal(
            matcher.Match(truth, candidates, rank, out _),
            matcher.Match(RandomBoxes.Lift(truth, rank), RandomBoxes.Lift(candidates, rank), rank + 1, out _));
    }

    [Fact]
    public void Without_truth_everything_is_background()
    {
        int[] matches = new Matcher(0.5, 0.3, true).Match([], RandomBoxes.Make(1, 3, 5), 3, out float[] best);
        Assert.All(matches, match => Assert.Equal(Matcher.Negative, match));
        Assert.All(best, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_truth_that_nothing_touches_claims_no_candidate()
    {
        int[] matches = new Matcher(0.5, 0.3, true).Match([50, 50, 60, 60], [0, 0, 4, 4, 5, 5, 9, 9], 2, out _);
        Assert.Equal([Matcher.Negative, Matcher.Negative], matches);
    }

    [Fact]
    public void No_candidates_no_matches() => Assert.Empty(new Matcher(0.5, 0.3, true).Match([0, 0, 1, 1], [], 2, out _));

    private static (int[] Matches, float[] Best) Slowly(float[] truth, float[] candidates, int rank, float positive, float negative, bool keepBest)
    {
        int truths = truth.Length / (2 * rank), count = candidates.Length / (2 * rank);
        var best = new float[count];
        var of = new int[count];
        var bestOfTruth = new float[truths];
        for (int which = 0; which < truths; which++)
        {
            for (int candidate = 0; candidate < count; candidate++)
            {
                float overlap = RandomBoxes.Overlap(truth, which, candidates, candidate, rank);
                bestOfTruth[which] = Math.Max(bestOfTruth[which], overlap);
                if (overlap > best[candidate]) (best[candidate], of[candidate]) = (overlap, which);
            }
        }

        int[] matches = [.. best.Select((overlap, index) => overlap < negative ? Matcher.Negative : overlap < positive ? Matcher.Ignored : of[index])];
        for (int which = 0; which < truths && keepBest; which++)
        {
            for (int candidate = 0; candidate < count; candidate++)
            {
                float overlap = RandomBoxes.Overlap(truth, which, candidates, candidate, rank);
                if (overlap > 0 && overlap == bestOfTruth[which]) matches[candidate] = of[candidate];
            }
        }

        return (matches, best);
    }
}
