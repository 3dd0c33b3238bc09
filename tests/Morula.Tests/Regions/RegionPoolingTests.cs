using Morula.Geometry;
using Morula.Layers;
using Morula.Regions;
using Morula.Tests.Geometry;
using Morula.Tests.Layers;
using Morula.Volumes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Regions;

public sealed class RegionPoolingTests
{
    private static readonly RegionOptions Options = new() { CanonicalSide = 8, CanonicalLevel = 1 };

    [Theory]
    [Ranks(8.0, 1), Ranks(11.0, 1), Ranks(12.0, 2), Ranks(16.0, 2), Ranks(5.0, 0), Ranks(6.0, 1), Ranks(4.0, 0), Ranks(1.0, 0), Ranks(200.0, 2)]
    public void A_cube_s_level_is_the_rounded_logarithm_of_its_side(int rank, double side, int level) =>
        Assert.Equal(level, Pooling(rank).Level(Box(Enumerable.Repeat(side, rank))));

    [Theory, Ranks]
    public void The_level_follows_the_root_of_the_volume_over_the_axes_of_space(int rank)
    {
        RegionPooling pooling = Pooling(rank);
        float[] boxes = RandomBoxes.Make(rank, rank, 300, side: 60, largest: 50);
        var seen = new HashSet<int>();
        foreach (float[] box in boxes.Chunk(2 * rank))
        {
            double[] sizes = [.. Enumerable.Range(0, rank).Select(axis => (double)box[rank + axis] - box[axis])];
            double logSide = sizes[^Math.Min(rank, 3)..].Average(size => Math.Log2(size / 8));
            Assert.Equal(Math.Clamp(1 + (int)Math.Floor(logSide + 0.5), 0, 2), pooling.Level(box));
            seen.Add(pooling.Level(box));
        }

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public void A_cell_that_lives_longer_keeps_its_level()
    {
        Assert.Equal(Pooling(4).Level(Box([1, 9, 9, 9])), Pooling(4).Level(Box([100, 9, 9, 9])));
        Assert.Equal(0, Pooling(3).Level([5, 5, 5, 5, 9, 9])); // an empty box
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Boxes_of_several_levels_come_back_in_their_order(int rank)
    {
        using var scope = NewDisposeScope();
        RegionPooling pooling = Pooling(rank);
        Tensor[] pyramid = [.. Enumerable.Range(0, 3).Select(level => Dense.Random(level, [2, 3, .. Enumerable.Range(0, rank).Select(axis => (12 >> level) + axis)]).ToTensor())];
        float[] boxes = RandomBoxes.Make(rank, rank, 20, side: 24, largest: 24);
        int[] images = [.. Enumerable.Range(0, 20).Select(index => index % 2)];
        int[] levels = [.. boxes.Chunk(2 * rank).Select(box => pooling.Level(box))];
        Assert.True(levels.Distinct().Count() > 1);
        var bins = Extent.Cube(rank, 2);
        Tensor pooled = pooling.Pool(pyramid, boxes, images, bins);
        for (int index = 0; index < 20; index++)
        {
            double[] scale = [.. Strides(rank)[levels[index]].Select(step => 1.0 / step)];
            Boxes box = Boxes.From(boxes[(index * 2 * rank)..((index + 1) * 2 * rank)], rank);
            Dense.Of(RoiAlign.Pool(pyramid[levels[index]], box, [images[index]], scale, bins, 1)).AssertClose(pooled.narrow(0, index, 1), 1e-6f);
        }
    }

    private static RegionPooling Pooling(int rank) => new(rank, Strides(rank), Options);

    private static int[][] Strides(int rank) => [.. new[] { 2, 4, 8 }.Select(step => Enumerable.Range(0, rank).Select(axis => rank == 4 && axis == 0 ? 1 : step).ToArray())];

    private static float[] Box(IEnumerable<double> sizes) => [.. sizes.Select(_ => 3f), .. sizes.Select(size => 3 + (float)size)];
}
