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

    /// <summary>In double precision libtorch takes another way.</summary>
    [Theory, NoTensorLeaks]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    public void Every_width_gives_what_double_precision_gives(int rank, int taps)
    {
        using var scope = NewDisposeScope();
        long[] steps = [.. Enumerable.Repeat(2L, rank)], padding = [.. Enumerable.Repeat((long)taps / 2, rank)];
        foreach (int inputs in new[] { 1, 5, 8, 16, 24, 40, 48 })
        {
            foreach (int outputs in new[] { 2, 8, 16, 24 })
            {
                using var inner = NewDisposeScope();
                Tensor weight = Dense.Random(1, [outputs, inputs, .. Enumerable.Repeat(taps, rank)]).ToTensor(), bias = Dense.Random(2, outputs).ToTensor();
                Tensor input = Dense.Random(3, [2, inputs, .. Enumerable.Repeat(7, rank)]).ToTensor();
                Spoil();
                (Tensor Found, Tensor OfInput, Tensor OfWeight, Tensor OfBias) single = Run(input, weight, bias), twice = Run(input.to(float64), weight.to(float64), bias.to(float64));
                using (no_grad()) AssertClose(twice.Found, WholeBlocks.Convolve(input, weight, bias, steps, padding), $"the result of {inputs} to {outputs} channels, no gradient asked for");
                AssertClose(twice.Found, single.Found, $"the result of {inputs} to {outputs} channels");
                AssertClose(twice.OfInput, single.OfInput, $"the gradient of {inputs} channels to {outputs}");
                AssertClose(twice.OfWeight, single.OfWeight, $"the gradient of the weights from {inputs} to {outputs} channels");
                AssertClose(twice.OfBias, single.OfBias, $"the gradient of the bias from {inputs} to {outputs} channels");
            }
        }

        (Tensor Found, Tensor OfInput, Tensor OfWeight, Tensor OfBias) Run(Tensor input, Tensor weight, Tensor bias)
        {
            Tensor[] asked = [.. new[] { input, weight, bias }.Select(one => one.clone().requires_grad_())];
            Tensor found = WholeBlocks.Convolve(asked[0], asked[1], asked[2], steps, padding);
            Spoil();
            found.square().sum().backward();
            return (found.detach(), asked[0].grad!, asked[1].grad!, asked[2].grad!);
        }
    }

    private static void AssertClose(Tensor expected, Tensor found, string what)
    {
        using var scope = NewDisposeScope();
        double error = ((expected - found.to(float64)).abs().max() / expected.abs().max()).item<double>();
        Assert.True(error < 1e-4, $"A number of {what} is off by {error} of the largest.");
    }

    private static void Spoil()
    {
        for (int size = 6; size < 20; size++)
        {
            using Tensor junk = full(1L << size, double.NaN);
        }
    }
}
