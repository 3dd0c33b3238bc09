using Morula.Options;
using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class IntensityTests
{
    private static readonly SampleOptions Options = new();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(257, 0)]
    [InlineData(0.001, -5)]
    public void The_percentiles_become_minus_one_and_one(double scale, double offset)
    {
        float[] values = [.. Enumerable.Range(0, 1001).Select(step => (float)((step * scale) + offset))];
        new Random(1).Shuffle(values);
        Volume normal = Intensity.Normalise(Row(values), Options);
        float[] sorted = [.. normal.Voxels.Order()];
        Assert.Equal(-1, sorted[5], 1e-3);
        Assert.Equal(1, sorted[998], 1e-3);
        Assert.Equal(0, (sorted[501] + sorted[502]) / 2, 1e-2);
    }

    [Fact]
    public void Gain_and_offset_of_the_camera_do_not_matter()
    {
        var random = new Random(2);
        float[] values = [.. Enumerable.Range(0, 5000).Select(_ => (float)(random.NextDouble() * random.NextDouble()))];
        float[] first = Intensity.Normalise(Row(values), Options).Voxels;
        float[] second = Intensity.Normalise(Row([.. values.Select(value => (value * 800) + 90)]), Options).Voxels;
        for (int index = 0; index < first.Length; index++) Assert.Equal(first[index], second[index], 1e-4);
    }

    [Fact]
    public void Percentiles_of_a_large_image_come_close_to_the_exact_ones()
    {
        // Rows as long as the step of an even thinning, and brightness that depends on the column alone.
        var values = new float[3_000_000];
        for (int index = 0; index < values.Length; index++) values[index] = index % 1000;
        var (low, high) = Percentiles.Of(values, 0.5, 99.8);
        Assert.InRange(low, 4, 6);
        Assert.InRange(high, 996, 999);
    }

    [Theory]
    [InlineData(1, 1e-40, 0)]
    [InlineData(7, 1, -0.5)]
    [InlineData(500, 65535, 0)]
    [InlineData(5000, 3, -1)]
    [InlineData(100_000, 1e30, -5e29)]
    public void Percentiles_are_those_of_sorting(int count, double scale, double offset)
    {
        var random = new Random(count);
        // A third are equal to others, and zero has both signs.
        List<float> values = [.. Enumerable.Range(0, count).Select(index => index % 3 == 0 ? -0f * (index % 2) : (float)((random.NextDouble() * scale) + offset))];
        float[] sorted = [.. values.Order()];
        foreach (double percentile in new[] { 0, 0.5, 17, 50, 99.8, 100 })
        {
            double position = percentile / 100 * (count - 1);
            int below = (int)position, above = Math.Min(below + 1, count - 1);
            float expected = (float)(sorted[below] + ((position - below) * ((double)sorted[above] - sorted[below])));
            Assert.Equal(expected, Percentiles.Of(values, 0, percentile).High);
            Assert.Equal(expected, Percentiles.Of(values, percentile, 100).Low);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-3e30f)]
    [InlineData(65535f)]
    public void A_constant_image_becomes_background(float value) =>
        Assert.All(Intensity.Normalise(Row([value, value, value]), Options).Voxels, voxel => Assert.Equal(-1, voxel));

    [Fact]
    public void An_image_with_a_few_bright_voxels_is_scaled_by_its_extremes()
    {
        var values = new float[10_000];
        values[77] = 4;
        float[] normal = Intensity.Normalise(Row(values), Options).Voxels;
        Assert.Equal(-1, normal[0]);
        Assert.Equal(1, normal[77]);
    }

    [Fact]
    public void Hot_and_broken_voxels_stay_harmless()
    {
        float[] values = [.. Enumerable.Range(0, 10_000).Select(index => index % 100f), float.NaN, float.PositiveInfinity, 1e30f, -1e30f];
        float[] normal = Intensity.Normalise(Row(values), Options).Voxels;
        Assert.Equal([-1, -1, 3, -2], normal[^4..]);
        Assert.All(Intensity.Normalise(Row([float.NaN, float.NaN]), Options).Voxels, voxel => Assert.Equal(-1, voxel));
    }

    [Fact]
    public void Percentiles_out_of_order_are_refused() =>
        Assert.Throws<OptionsException>(() => Intensity.Normalise(Row([1, 2]), Options with { LowPercentile = 60, HighPercentile = 40 }));

    private static Volume Row(float[] values) => new(new Extent(1, values.Length), Spacing.Unit(2), values);
}
