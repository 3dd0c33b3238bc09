using Morula.Layers;
using Morula.Measuring;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Measuring;

public sealed class OperationCounterTests
{
    private const int Inputs = 3;
    private const int Outputs = 5;

    // The smaller maps are convolved by halves, the larger ones are not.
    [Theory, Ranks(8), Ranks(48), NoTensorLeaks]
    public void A_convolution_takes_two_operations_per_output_and_tap(int rank, int size)
    {
        using var scope = NewDisposeScope();
        using var unit = new ConvUnit(Inputs, Outputs, [.. Enumerable.Repeat(3, rank)], [.. Enumerable.Repeat(1, rank)], Normalisation.Group).Counted();
        int frames = rank > 3 ? 2 : 1;
        long[] sizes = rank > 3 ? [1, Inputs, frames, size, size, 8] : [1, Inputs, .. Enumerable.Repeat((long)size, rank - 1), 8];
        double voxels = sizes[2..].Aggregate(1.0, (product, one) => product * one);
        double perVoxel = rank > 3 ? (27 * Inputs) + (3 * Outputs) : Math.Pow(3, rank) * Inputs;
        using (var counter = new OperationCounter(unit))
        {
            unit.call(ones(sizes));
            Assert.Equal(2 * voxels * Outputs * perVoxel, counter.Operations);
            unit.call(ones(sizes));
            Assert.Equal(4 * voxels * Outputs * perVoxel, counter.Operations);
            counter.Dispose();
            unit.call(ones(sizes));
            Assert.Equal(4 * voxels * Outputs * perVoxel, counter.Operations);
        }
    }

    [Fact, NoTensorLeaks]
    public void A_linear_layer_counts_and_what_has_no_weights_does_not()
    {
        using var scope = NewDisposeScope();
        using Sequential layers = nn.Sequential(nn.Linear(7, 4), nn.ReLU()).Counted();
        using var counter = new OperationCounter(layers);
        layers.call(ones(6, 7));
        Assert.Equal(2 * 6 * 4 * 7, counter.Operations);
    }
}
