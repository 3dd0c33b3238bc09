using Morula.Geometry;
using Morula.Volumes;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Geometry;

public sealed class BoxesTests
{
    [Theory, Ranks, NoTensorLeaks]
    public void Volumes_centres_and_sizes_follow_the_corners(int rank)
    {
        using var scope = torch.NewDisposeScope();
        float[] values = RandomBoxes.Make(1, rank, 7);
        Boxes boxes = Boxes.From(values, rank);
        float[] volumes = boxes.Volumes().data<float>().ToArray();
        float[] centres = boxes.Centre.data<float>().ToArray();
        float[] sizes = boxes.Size.data<float>().ToArray();
        Assert.Equal(rank, boxes.Rank);
        Assert.Equal(7, boxes.Count);
        Assert.Equal(values, boxes.ToArray());
        for (int box = 0; box < 7; box++)
        {
            float volume = 1;
            for (int axis = 0; axis < rank; axis++)
            {
                float lower = values[(box * 2 * rank) + axis], upper = values[(box * 2 * rank) + rank + axis];
                Assert.Equal((lower + upper) / 2, centres[(box * rank) + axis], 1e-5f);
                Assert.Equal(upper - lower, sizes[(box * rank) + axis], 1e-5f);
                volume *= upper - lower;
            }

            Assert.Equal(volume, volumes[box], volume * 1e-5f);
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void An_inverted_box_has_no_volume(int rank)
    {
        using var scope = torch.NewDisposeScope();
        float[] box = [.. Enumerable.Repeat(3f, rank), .. Enumerable.Repeat(1f, rank)];
        Assert.Equal(0, Boxes.From(box, rank).Volumes().item<float>());
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Clipping_moves_every_corner_inside(int rank)
    {
        using var scope = torch.NewDisposeScope();
        float[] values = [.. RandomBoxes.Make(2, rank, 20, side: 60).Select(value => value - 20)];
        var extent = new Extent([.. Enumerable.Range(0, rank).Select(axis => 10 + axis)]);
        float[] expected = [.. values.Select((value, place) => Math.Clamp(value, 0, extent[place % rank]))];
        Assert.Equal(expected, Boxes.From(values, rank).ClipTo(extent).ToArray());
    }

    [Fact]
    public void Numbers_that_do_not_divide_into_boxes_are_refused() =>
        Assert.Throws<ArgumentException>(() => Boxes.From([1, 2, 3], 2));

    [Fact, NoTensorLeaks]
    public void Clipping_to_another_rank_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        Boxes boxes = Boxes.From([0, 0, 1, 1], 2);
        Assert.Throws<ArgumentException>(() => boxes.ClipTo(Extent.Cube(3, 5)));
    }
}
