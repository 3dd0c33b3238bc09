using Morula.Layers;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class GroupNormalisationTests
{
    [Theory, Ranks, NoTensorLeaks]
    public void Its_own_moments_given_back_change_nothing(int rank)
    {
        using var scope = NewDisposeScope();
        using GroupNormalisation layer = Layer(rank);
        Tensor input = Input(rank, 1);
        var expected = Dense.Of(layer.call(input));
        layer.Moments = Met(layer, input);
        expected.AssertClose(layer.call(input), 1e-5f);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Moments_are_those_of_each_group_averaged_over_the_batch(int rank)
    {
        using var scope = NewDisposeScope();
        using GroupNormalisation layer = Layer(rank);
        Tensor input = Input(rank, 2);
        ChannelMoments met = Met(layer, input);
        for (int channel = 0; channel < 12; channel++)
        {
            // Twelve channels are six groups of two.
            float[][] groups = [.. Enumerable.Range(0, 2).Select(image => Dense.Of(input[image].narrow(0, channel / 2 * 2, 2)).Values)];
            Assert.Equal(groups.Average(group => group.Average()), met.Means[channel], 1e-5f);
            Assert.Equal(groups.Average(group => group.Average(value => Math.Pow(value - group.Average(), 2))), met.Variances[channel], 1e-5f);
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void With_given_moments_a_voxel_does_not_depend_on_its_surroundings(int rank)
    {
        using var scope = NewDisposeScope();
        using GroupNormalisation layer = Layer(rank);
        layer.Moments = new ChannelMoments([.. Enumerable.Repeat(0.2f, 12)], [.. Enumerable.Repeat(0.7f, 12)]);
        Tensor input = Input(rank, 1);
        Dense.Of(layer.call(input).narrow(2, 1, 2)).AssertClose(layer.call(input.narrow(2, 1, 2)), 1e-5f);
    }

    [Fact]
    public void Averages_are_of_both_numbers()
    {
        ChannelMoments mean = ChannelMoments.Average([new([1, 2], [3, 4]), new([3, 6], [5, 0])]);
        Assert.Equal([2, 4], mean.Means);
        Assert.Equal([4, 2], mean.Variances);
        Assert.Throws<ArgumentException>(() => ChannelMoments.Average([]));
        Assert.Throws<ArgumentException>(() => ChannelMoments.Average([new([1], [1]), new([1, 2], [1, 2])]));
    }

    private static ChannelMoments Met(GroupNormalisation layer, Tensor input)
    {
        ChannelMoments? met = null;
        layer.Observer = moments => met = moments;
        layer.call(input);
        layer.Observer = null;
        return met!;
    }

    private static GroupNormalisation Layer(int rank)
    {
        var layer = new GroupNormalisation(12).Counted();
        Weights.Set(Weights.Of(layer)["weight"], [.. Enumerable.Range(0, 12).Select(channel => 0.5f + (channel * rank * 0.1f))]);
        Weights.Set(Weights.Of(layer)["bias"], [.. Enumerable.Range(0, 12).Select(channel => channel - 6f)]);
        return layer;
    }

    private static Tensor Input(int rank, int images)
    {
        manual_seed(rank);
        long[] shape = [images, 12, .. Enumerable.Repeat(4L, rank)];
        return (randn(shape) * (1 + arange(12).reshape([1, 12, .. Enumerable.Repeat(1L, rank)]))) + 3;
    }
}
