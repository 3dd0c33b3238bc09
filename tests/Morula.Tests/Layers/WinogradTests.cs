using Morula.Layers;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class WinogradTests
{
    [Theory, NoTensorLeaks]
    [InlineData(1, 64, 16, 1, 1, 1, false)]
    [InlineData(2, 32, 16, 4, 5, 6, true)]
    [InlineData(1, 48, 32, 7, 3, 2, false)]
    [InlineData(3, 40, 16, 2, 8, 5, true)]
    public void Minimal_filtering_gives_the_sum_over_channels_and_taps(int maps, int inputs, int outputs, int slices, int rows, int columns, bool bias)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Fma.IsSupported, "the processor has no FMA.");
        using var convolution = (Conv3d)Conv.Create(inputs, outputs, [3, 3, 3], [1, 1, 1], bias: bias).Counted();
        Weights.Randomise(convolution, 3);
        Dense map = Dense.Random(4, maps, inputs, slices, rows, columns);
        Dense expected = NaiveConv.Apply(map, Dense.Of(convolution.weight!), bias ? Dense.Of(convolution.bias!).Values : null, [1, 1, 1], padded: true);
        Tensor first = map.ToTensor(), last = MemoryOrder.ChannelsLast(first);
        Assert.True(Winograd.Applies(convolution, last));
        Tensor ofFirst = Winograd.Convolve(convolution, first), ofLast = Winograd.Convolve(convolution, last);
        expected.AssertClose(ofFirst, 1e-4f);
        expected.AssertClose(ofLast, 1e-4f);
        Assert.True(ofFirst.is_contiguous());
        Assert.Equal(1, ofLast.stride()[1]);
    }

    [Fact, NoTensorLeaks]
    public void The_number_of_threads_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Fma.IsSupported, "the processor has no FMA.");
        using var convolution = (Conv3d)Conv.Create(32, 16, [3, 3, 3], [1, 1, 1]).Counted();
        Weights.Randomise(convolution, 3);
        Tensor map = Dense.Random(5, 2, 32, 9, 10, 11).ToTensor();
        int threads = get_num_threads();
        try
        {
            set_num_threads(1);
            Tensor alone = Winograd.Convolve(convolution, map);
            set_num_threads(4);
            Assert.True(alone.equal(Winograd.Convolve(convolution, map)).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact, NoTensorLeaks]
    public void What_it_is_not_made_for_is_left_to_the_library()
    {
        using var scope = NewDisposeScope();
        using var wide = Conv.Create(32, 16, [3, 3, 3], [1, 1, 1]).Counted();
        Tensor packed = zeros([1, 32, 4, 4, 4]), map = MemoryOrder.ChannelsLast(packed), narrow = MemoryOrder.ChannelsLast(zeros([1, 24, 4, 4, 4]));
        Assert.False(Winograd.Applies(wide, map));
        using var guard = no_grad();
        Assert.Equal(System.Runtime.Intrinsics.X86.Fma.IsSupported, Winograd.Applies(wide, map));
        Assert.False(Winograd.Applies(wide, packed));
        using var strided = Conv.Create(32, 16, [3, 3, 3], [2, 1, 1]).Counted();
        using var flat = Conv.Create(32, 16, [1, 3, 3], [1, 1, 1]).Counted();
        using var valid = Conv.Create(32, 16, [3, 3, 3], [1, 1, 1], padded: false).Counted();
        using var few = Conv.Create(24, 16, [3, 3, 3], [1, 1, 1]).Counted();
        using var odd = Conv.Create(32, 12, [3, 3, 3], [1, 1, 1]).Counted();
        using var plane = Conv.Create(32, 16, [3, 3], [1, 1]).Counted();
        Assert.All([strided, flat, valid, odd, plane], convolution => Assert.False(Winograd.Applies(convolution, map)));
        Assert.False(Winograd.Applies(few, narrow));
        Assert.False(Winograd.Applies(wide, map.to(ScalarType.Float64)));
    }
}
