using Morula.Layers;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class ConvUnitTests
{
    [Theory, Ranks(16), Ranks(6), Ranks(5)]
    [NoTensorLeaks]
    public void A_fresh_group_normalisation_has_weight_one_and_bias_zero(int rank, int channels)
    {
        using var scope = NewDisposeScope();
        using var unit = new ConvUnit(2, channels, Same(rank, 3), Same(rank, 1), Normalisation.Group).Counted();
        Assert.All(Dense.Of(Weights.Of(unit)["normalisation.weight"]).Values, value => Assert.Equal(1f, value));
        Assert.All(Dense.Of(Weights.Of(unit)["normalisation.bias"]).Values, value => Assert.Equal(0f, value));
        Assert.All(Dense.Of(unit.call(Input(rank))).Values, value => Assert.True(float.IsFinite(value) && value >= 0));
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Groups_have_mean_zero_and_variance_one_before_the_rectification(int rank)
    {
        using var scope = NewDisposeScope();
        using var unit = new ConvUnit(2, 16, Same(rank, 3), Same(rank, 1), Normalisation.Group, rectified: false).Counted();
        using var rectified = new ConvUnit(2, 16, Same(rank, 3), Same(rank, 1), Normalisation.Group).Counted();
        Weights.Copy(unit, string.Empty, rectified);
        Tensor output = unit.call(Input(rank));
        Tensor groups = output.reshape(2, 8, -1);
        Assert.All(Dense.Of(groups.mean([2])).Values, mean => Assert.Equal(0, mean, 1e-5f));
        Assert.All(Dense.Of(groups.var(2, unbiased: false)).Values, variance => Assert.Equal(1, variance, 1e-3f));
        Dense.Of(output.relu()).AssertClose(rectified.call(Input(rank)), 0);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void The_affine_normalisation_scales_and_shifts_each_channel(int rank)
    {
        using var scope = NewDisposeScope();
        using var affine = new ChannelAffine(2).Counted();
        Tensor input = Input(rank);
        Dense.Of(input).AssertClose(affine.call(input), 0);
        Weights.Set(Weights.Of(affine)["weight"], [2, -3]);
        Weights.Set(Weights.Of(affine)["bias"], [5, 7]);
        Tensor expected = stack([(input.select(1, 0) * 2) + 5, (input.select(1, 1) * -3) + 7], 1);
        Dense.Of(expected).AssertClose(affine.call(input), 1e-6f);
    }

    [Theory, InlineData(Normalisation.None), InlineData(Normalisation.Affine)]
    [NoTensorLeaks]
    public void Only_a_group_normalisation_makes_the_bias_superfluous(Normalisation kind)
    {
        using var scope = NewDisposeScope();
        using var unit = new ConvUnit(1, 8, [3, 3], [1, 1], kind).Counted();
        using var grouped = new ConvUnit(1, 8, [3, 3], [1, 1], Normalisation.Group).Counted();
        Assert.Contains("convolution.bias", Weights.Of(unit).Keys);
        Assert.DoesNotContain("convolution.bias", Weights.Of(grouped).Keys);
    }

    [Fact, NoTensorLeaks]
    public void Starting_weights_have_the_deviation_of_He()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var unit = new ConvUnit(20, 50, [3, 3, 3], [1, 1, 1], Normalisation.None).Counted();
        Tensor weight = Weights.Of(unit)["convolution.weight"];
        Assert.Equal(Math.Sqrt(2.0 / (20 * 27)), weight.std().item<float>(), 0.02 * Math.Sqrt(2.0 / (20 * 27)));
        Assert.Equal(0, Weights.Of(unit)["convolution.bias"].abs().max().item<float>());
    }

    private static int[] Same(int rank, int value) => [.. Enumerable.Repeat(value, rank)];

    private static Tensor Input(int rank) => Dense.Random(8, [2, 2, .. Enumerable.Range(3, rank)]).ToTensor();
}
