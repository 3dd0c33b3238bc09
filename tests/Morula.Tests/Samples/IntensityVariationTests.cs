using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class IntensityVariationTests
{
    private static readonly SampleOptions Off = new SampleOptions().Plain();

    [Fact]
    public void Switched_off_it_changes_nothing()
    {
        Volume image = Ramp(9, 20, 30);
        float[] before = [.. image.Voxels];
        IntensityVariation.Apply(image, Off, new Random(1));
        Assert.Equal(before, image.Voxels);
    }

    [Fact]
    public void Gamma_leaves_both_ends_and_the_order()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Volume image = Ramp(1, 1, 101);
            IntensityVariation.Apply(image, Off with { GammaRange = 0.5 }, new Random(seed));
            Assert.Equal(-1, image.Voxels[0], 1e-5);
            Assert.Equal(1, image.Voxels[^1], 1e-5);
            Assert.Equal(image.Voxels.Order(), image.Voxels);
            Assert.InRange(image.Voxels[50], (2 * Math.Pow(0.5, Math.Exp(0.5))) - 1, (2 * Math.Pow(0.5, Math.Exp(-0.5))) - 1);
        }
    }

    [Fact]
    public void Gain_multiplies_above_the_background_and_level_adds()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Volume image = Ramp(1, 1, 101);
            IntensityVariation.Apply(image, Off with { IntensityScale = 0.2, IntensityShift = 0.1 }, new Random(seed));
            Assert.InRange(image.Voxels[0], -1.2, -0.8);
            Assert.InRange((image.Voxels[^1] - image.Voxels[0]) / 2, Math.Exp(-0.2), Math.Exp(0.2));
        }
    }

    [Fact]
    public void Noise_is_normal_independent_and_at_most_as_large_as_asked()
    {
        double largest = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var image = new Volume(new Extent(10, 60, 60), Spacing.Unit(3));
            IntensityVariation.Apply(image, Off with { NoiseDeviation = 0.1 }, new Random(seed));
            float[] noise = image.Voxels;
            double deviation = Math.Sqrt(noise.Average(value => value * value));
            largest = Math.Max(largest, deviation);
            Assert.InRange(noise.Average() / deviation, -0.03, 0.03);
            Assert.InRange(noise.Skip(1).Zip(noise, (next, value) => next * value).Average() / (deviation * deviation), -0.03, 0.03);
            Assert.InRange(noise.Count(value => Math.Abs(value) < deviation) / (double)noise.Length, 0.65, 0.70);
        }

        // A share of the range between the percentiles, which is 2 wide.
        Assert.InRange(largest, 0.17, 0.205);
    }

    [Fact]
    public void Blur_keeps_the_mean_and_follows_the_spacing()
    {
        var image = new Volume(new Extent(21, 41, 41), new Spacing(2, 1, 1));
        image.Voxels[(((10 * 41) + 20) * 41) + 20] = 1;
        Sharpness.Vary(image, 2, sharpen: false);
        Assert.Equal(1, image.Voxels.Sum(), 1e-4);
        double[] variances = [0, 0, 0];
        for (int index = 0; index < image.Voxels.Length; index++)
        {
            int[] place = Scenes.Place(image.Extent, index);
            double[] offsets = [2.0 * (place[0] - 10), place[1] - 20, place[2] - 20];
            for (int axis = 0; axis < 3; axis++) variances[axis] += image.Voxels[index] * offsets[axis] * offsets[axis];
        }

        Assert.All(variances, variance => Assert.InRange(variance, 3.3, 4.2));
    }

    [Fact]
    public void Sharpening_steepens_an_edge_and_keeps_flat_regions()
    {
        var image = new Volume(new Extent(1, 40), Spacing.Unit(2));
        image.Voxels.AsSpan(20).Fill(1);
        Sharpness.Vary(image, 1, sharpen: true);
        Assert.True(image.Voxels[20] > 1.1 && image.Voxels[19] < -0.1);
        Assert.Equal([0f, 1f], [image.Voxels[5], image.Voxels[35]]);
    }

    private static Volume Ramp(params int[] sizes)
    {
        var extent = new Extent(sizes);
        return new Volume(extent, Spacing.Unit(sizes.Length), [.. Enumerable.Range(0, (int)extent.Count).Select(index => (2f * index / (extent.Count - 1)) - 1)]);
    }
}
