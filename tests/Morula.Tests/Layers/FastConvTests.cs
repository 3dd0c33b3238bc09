using Morula.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class FastConvTests
{
    [Theory, NoTensorLeaks]
    [InlineData(4, 1)]
    [InlineData(5, 1)]
    [InlineData(8, 2)]
    [InlineData(9, 2)]
    [InlineData(10, 2)]
    [InlineData(11, 3)]
    public void Halves_give_what_the_whole_gives(int slices, int step)
    {
        using var scope = NewDisposeScope();
        int[] kernel = [3, 3, 3];
        int[] stride = [step, step, 1];
        using var convolution = Conv.Create(4, 6, kernel, stride).Counted();
        using Tensor input = Dense.Random(3, 1, 4, slices, 7, 6).ToTensor().requires_grad_();
        using Tensor twin = input.detach().clone().requires_grad_();
        Tensor whole = convolution.call(input);
        Tensor halves = new FastConv(kernel, stride, padded: true).Convolve(convolution, twin);
        Assert.Equal(whole.shape, halves.shape);
        Assert.NotSame(whole, halves);
        whole.square().sum().backward();
        float[] expected = Dense.Of(convolution.named_parameters().First().parameter.grad!).Values;
        foreach (var (_, parameter) in convolution.named_parameters()) parameter.grad!.zero_();
        halves.square().sum().backward();
        Dense.AssertClose(Dense.Of(whole).Values, Dense.Of(halves).Values, 1e-4f);
        Dense.AssertClose(Dense.Of(input.grad!).Values, Dense.Of(twin.grad!).Values, 1e-3f);
        Dense.AssertClose(expected, Dense.Of(convolution.named_parameters().First().parameter.grad!).Values, 1e-2f);
    }
}
