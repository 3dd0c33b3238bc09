using Morula.Samples;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class SmoothFieldTests
{
    [Theory]
    [InlineData(new[] { 1, 64, 64 })]
    [InlineData(new[] { 24, 40, 48 })]
    public void Values_have_mean_zero_and_the_deviation_asked(int[] sizes)
    {
        var random = new Random(3);
        var values = new List<float>();
        for (int draw = 0; draw < 60; draw++) values.AddRange(Values(sizes, 12, 2, random).Where((_, index) => index % 11 == 0));
        double mean = values.Average();
        Assert.InRange(mean, -0.15, 0.15);
        Assert.InRange(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 1.75, 2.1);
    }

    [Fact]
    public void Neighbours_differ_little()
    {
        float[] values = Values([1, 1, 200], 20, 1, new Random(4));
        for (int x = 1; x < values.Length; x++) Assert.InRange(values[x] - values[x - 1], -0.4, 0.4);
        Assert.True(values.Max() - values.Min() > 0.5);
    }

    private static float[] Values(int[] sizes, double step, double deviation, Random random)
    {
        var field = new SmoothField(sizes, [step, step, step], deviation, random);
        var values = new float[sizes[0] * sizes[1] * sizes[2]];
        for (int row = 0; row < sizes[0] * sizes[1]; row++) field.FillRow(row / sizes[1], row % sizes[1], values.AsSpan(row * sizes[2], sizes[2]));
        return values;
    }
}
