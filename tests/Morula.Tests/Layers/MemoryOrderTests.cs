using Morula.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class MemoryOrderTests
{
    [Theory, Ranks, NoTensorLeaks]
    public void Channels_last_changes_the_order_in_memory_and_nothing_else(int rank)
    {
        using var scope = NewDisposeScope();
        Dense map = Dense.Random(1, [2, 3, .. new[] { 2, 5, 4, 7 }[^rank..]]);
        Tensor ordered = MemoryOrder.ChannelsLast(map.ToTensor());
        map.AssertClose(ordered, 0);
        Assert.Equal(1, ordered.stride()[1]);
        Assert.Equal(3, ordered.stride()[^1]);
    }
}
