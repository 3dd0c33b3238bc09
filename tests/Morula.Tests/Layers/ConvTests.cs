using Morula.Layers;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class ConvTests
{
    private static readonly int[] Kernel = [3, 1, 3, 5];
    private static readonly int[] Size = [4, 5, 6, 7];

    [Theory]
    [Ranks(1, true), Ranks(2, true), Ranks(1, false), Ranks(2, false)]
    [NoTensorLeaks]
    public void A_convolution_is_the_sum_over_channels_and_taps(int rank, int step, bool padded)
    {
        using var scope = NewDisposeScope();
        int[] stride = [.. new[] { step, 1, step, step }[^rank..]];
        using var conv = Conv.Create(2, 3, Kernel[^rank..], stride, padded).Counted();
        Weights.Randomise(conv, 5);
        Dense input = Dense.Random(6, [2, 2, .. Size[^rank..]]);
        Slowly(input, conv, stride, padded).AssertClose(conv.call(input.ToTensor()), 1e-5f);
    }

    [Theory, InlineData(1), InlineData(2)]
    [NoTensorLeaks]
    public void One_slice_gives_what_the_middle_tap_gives_in_the_plane(int stride)
    {
        using var scope = NewDisposeScope();
        using var plane = Conv.Create(2, 3, [3, 3], [stride, stride]).Counted();
        using var volume = Conv.Create(2, 3, [3, 3, 3], [stride, stride, stride]).Counted();
        Weights.Randomise(plane, 1);
        Weights.Randomise(volume, 9);
        using (no_grad())
        {
            Weights.Of(volume)["weight"].select(2, 1).copy_(Weights.Of(plane)["weight"]);
            Weights.Of(volume)["bias"].copy_(Weights.Of(plane)["bias"]);
        }

        Tensor input = Dense.Random(2, 2, 2, 7, 6).ToTensor();
        Dense.Of(plane.call(input)).AssertClose(volume.call(input.unsqueeze(2)).squeeze(2), 1e-6f);
    }

    [Fact, NoTensorLeaks]
    public void What_does_not_fit_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Conv.Create(1, 1, [3, 3], [1]));
        Assert.Throws<ArgumentException>(() => Conv.Create(1, 1, [3], [1]));
        Assert.Throws<ArgumentException>(() => Conv.Create(1, 1, [3, 4, 3], [1, 1, 1]));
        using var valid = Conv.Create(1, 1, [2, 2], [1, 1], padded: false).Counted();
    }

    /// <summary>The definition; at rank 4 first over the axes of space, then over time.</summary>
    private static Dense Slowly(Dense input, nn.Module<Tensor, Tensor> conv, int[] stride, bool padded)
    {
        Dictionary<string, Parameter> weights = Weights.Of(conv);
        if (stride.Length < 4) return NaiveConv.Apply(input, Dense.Of(weights["weight"]), Dense.Of(weights["bias"]).Values, stride, padded);
        Dense space = Dense.Of(weights["space.weight"]), time = Dense.Of(weights["time.weight"]);
        Dense mixed = NaiveConv.Apply(
            input, space.Reshape([.. space.Shape[..2], 1, .. space.Shape[2..]]), Dense.Of(weights["space.bias"]).Values, [1, .. stride[1..]], padded);
        return NaiveConv.Apply(mixed, time.Reshape([.. time.Shape, 1, 1, 1]), null, [stride[0], 1, 1, 1], padded);
    }
}
