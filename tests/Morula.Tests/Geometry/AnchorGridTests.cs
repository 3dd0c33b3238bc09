using Morula.Geometry;
using Morula.Volumes;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Geometry;

public sealed class AnchorGridTests
{
    [Theory]
    [Ranks(0.0), Ranks(0.5)]
    [NoTensorLeaks]
    public void Anchors_follow_the_definition(int rank, double offset)
    {
        using var scope = torch.NewDisposeScope();
        float[][] shapes = [.. new[] { 3f, 5f, 8f }.Select(size => Enumerable.Range(0, rank).Select(axis => size + axis).ToArray())];
        int[] strides = [.. Enumerable.Range(1, rank)];
        var extent = new Extent([.. Enumerable.Range(2, rank)]);
        var grid = new AnchorGrid([[new float[rank]], shapes], [strides, strides], offset);
        float[] anchors = grid.Level(1, extent, torch.CPU).ToArray();
        var expected = new List<float>();
        foreach (Block location in extent.Split(Extent.Cube(rank, 1)))
        {
            foreach (float[] shape in shapes)
            {
                foreach (int side in new[] { -1, 1 })
                    for (int axis = 0; axis < rank; axis++)
                        expected.Add((float)((location.Lower[axis] + offset) * strides[axis]) + (side * shape[axis] / 2));
            }
        }

        Assert.Equal(expected, anchors);
        Assert.Equal(3, grid.AnchorsPerLocation(1));
    }

    [Fact]
    public void Levels_that_disagree_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AnchorGrid([[[1, 1]]], []));
        Assert.Throws<ArgumentException>(() => new AnchorGrid([[[1, 1]]], [[1, 1, 1]]));
        Assert.Throws<ArgumentException>(() => new AnchorGrid([[]], [[1, 1]]));
    }
}
