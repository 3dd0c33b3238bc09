using Morula.Synthesis;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class RandomStreamTests
{
    [Fact]
    public void First_numbers_are_those_of_the_published_generator()
    {
        // SplitMix64 from seed 1234567, as listed on Rosetta Code (task "Pseudo-random numbers/Splitmix64").
        var stream = new RandomStream(1234567);
        ulong[] drawn = [stream.Next(), stream.Next(), stream.Next(), stream.Next(), stream.Next()];
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], drawn);
    }

    [Fact]
    public void Forks_differ_by_key_and_leave_the_parent_alone()
    {
        var stream = new RandomStream(5);
        ulong one = stream.Fork(1).Next();
        Assert.NotEqual(one, stream.Fork(2).Next());
        Assert.Equal(one, stream.Fork(1).Next());
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(7)]
    [InlineData(80)]
    public void Poisson_counts_have_equal_mean_and_variance(double mean)
    {
        var stream = new RandomStream(9);
        double[] drawn = new double[40_000];
        for (int index = 0; index < drawn.Length; index++) drawn[index] = stream.Poisson(mean);
        double average = drawn.Average();
        Assert.InRange(average, mean * 0.97, mean * 1.03);
        Assert.InRange(drawn.Average(value => (value - average) * (value - average)), mean * 0.95, mean * 1.05);
    }

    [Fact]
    public void Gaussian_numbers_have_mean_0_and_deviation_1()
    {
        var stream = new RandomStream(11);
        double[] drawn = new double[40_000];
        for (int index = 0; index < drawn.Length; index++) drawn[index] = stream.Gaussian();
        Assert.InRange(drawn.Average(), -0.02, 0.02);
        Assert.InRange(drawn.Average(value => value * value), 0.97, 1.03);
        Assert.InRange(drawn.Count(value => Math.Abs(value) > 1.96) / 40_000.0, 0.045, 0.055);
    }
}
