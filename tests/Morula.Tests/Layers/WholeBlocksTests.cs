using Morula.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class WholeBlocksTests
{
    /// <summary>Memory that was freed with no number in it must not turn up in a gradient.</summary>
    [Theory, NoTensorLeaks]
    [InlineData(2, 8)]
    [InlineData(2, 24)]
    [InlineData(3, 8)]
    [InlineData(3, 24)]
    [InlineData(4, 8)]
    public void Gradients_of_odd_widths_are_numbers(int rank, int outputs)
    {
        using var scope = NewDisposeScope();
        int[] kernel = [.. Enumerable.Repeat(3, rank)], stride = [.. Enumerable.Repeat(1, rank)];
        using var convolution = new ConvUnit(8, outputs, kernel, stride, Normalisation.Group).Counted();
        for (int round = 0; round < 10; round++)
        {
            using var inner = NewDisposeScope();
            Spoil();
            Tensor input = Dense.Random(round, [6, 8, .. Enumerable.Repeat(4, rank)]).ToTensor().requires_grad_();
            Tensor output = convolution.call(input);
            Spoil();
            output.square().sum().backward();
            Assert.True(input.grad!.isfinite().all().item<bool>(), $"The gradient of round {round} holds what is no number.");
        }
    }

    [Theory, NoTensorLeaks]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whole_blocks_give_what_the_convolution_gives(int rank)
    {
        using var scope = NewDisposeScope();
        Tensor weight = Dense.Random(1, [6, 5, .. Enumerable.Repeat(3, rank)]).ToTensor().requires_grad_(), bias = Dense.Random(2, 6).ToTensor().requires_grad_();
        Tensor input = Dense.Random(3, [2, 5, .. Enumerable.Repeat(7, rank)]).ToTensor(), asked = input.clone().requires_grad_();
        long[] steps = [.. Enumerable.Repeat(2L, rank)], padding = [.. Enumerable.Repeat(1L, rank)];
        Assert.False(WholeBlocks.AreNeeded(input, weight));
        Assert.True(WholeBlocks.AreNeeded(asked, weight));
        Tensor plain = WholeBlocks.Convolve(input, weight, bias, steps, padding), blocks = WholeBlocks.Convolve(asked, weight, bias, steps, padding);
        Dense.AssertClose(Dense.Of(plain).Values, Dense.Of(blocks).Values, 1e-5f);

        plain.square().sum().backward();
        float[] weights = Dense.Of(weight.grad!).Values, biases = Dense.Of(bias.grad!).Values;
        weight.grad!.zero_();
        bias.grad!.zero_();
        blocks.square().sum().backward();
        Dense.AssertClose(weights, Dense.Of(weight.grad!).Values, 1e-3f);
        Dense.AssertClose(biases, Dense.Of(bias.grad!).Values, 1e-3f);
        Assert.Equal(input.shape, asked.grad!.shape);
    }

    private static void Spoil()
    {
        for (int size = 6; size < 20; size++)
        {
            using Tensor junk = full(1L << size, double.NaN);
        }
    }
}
