using Morula.Matching;
using Xunit;

namespace Morula.Tests.Matching;

public sealed class BalancedSamplerTests
{
    [Theory]
    [InlineData(10, 90, 20, 0.5, 10, 10)] // enough of both
    [InlineData(3, 90, 20, 0.5, 3, 17)]   // few positives: negatives fill up
    [InlineData(50, 4, 20, 0.5, 10, 4)]   // few negatives: positives do not fill up
    [InlineData(50, 50, 7, 0.25, 1, 6)]   // the share is rounded down
    [InlineData(50, 50, 0, 0.25, 0, 0)]
    public void Counts_follow_the_share(int positives, int negatives, int count, double share, int drawnPositive, int drawnNegative)
    {
        int[] matches = [.. Enumerable.Repeat(5, positives), .. Enumerable.Repeat(Matcher.Negative, negatives), .. Enumerable.Repeat(Matcher.Ignored, 30)];
        var (positive, negative) = BalancedSampler.Sample(matches, count, share, new Random(1));
        Assert.Equal(drawnPositive, positive.Length);
        Assert.Equal(drawnNegative, negative.Length);
        Assert.All(positive, index => Assert.True(matches[index] >= 0));
        Assert.All(negative, index => Assert.Equal(Matcher.Negative, matches[index]));
        Assert.Equal(positive.Distinct().Order(), positive);
        Assert.Equal(negative.Distinct().Order(), negative);
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_seed_something_else()
    {
        int[] matches = [.. Enumerable.Range(0, 500).Select(index => (index % 5) - 2)];
        var first = BalancedSampler.Sample(matches, 60, 0.5, new Random(1));
        var again = BalancedSampler.Sample(matches, 60, 0.5, new Random(1));
        var other = BalancedSampler.Sample(matches, 60, 0.5, new Random(2));
        Assert.Equal(first.Positive, again.Positive);
        Assert.Equal(first.Negative, again.Negative);
        Assert.NotEqual(first.Positive, other.Positive);
    }

    [Fact]
    public void Every_candidate_is_drawn_equally_often()
    {
        int[] matches = [.. Enumerable.Repeat(0, 10)];
        var drawn = new int[10];
        var random = new Random(3);
        for (int round = 0; round < 5000; round++)
            foreach (int index in BalancedSampler.Sample(matches, 4, 1, random).Positive) drawn[index]++;
        Assert.All(drawn, times => Assert.InRange(times, 1850, 2150)); // 2,000 expected, deviation 35
    }
}
