using CsCheck;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Volumes;

public sealed class SplitTests
{
    [Fact]
    public void Every_voxel_lies_in_one_block() => GridCases.Pairs.Sample((extent, tile) =>
    {
        var covered = new int[extent.Count];
        foreach (Block block in extent.Split(tile))
        {
            Assert.False(block.IsEmpty);
            for (int axis = 0; axis < extent.Rank; axis++) Assert.InRange(block.Extent[axis], 1, tile[axis]);
            foreach (int[] position in GridCases.Positions(block.Extent))
                covered[GridCases.IndexOf(extent, [.. position.Select((index, axis) => index + block.Lower[axis])])]++;
        }

        Assert.All(covered, count => Assert.Equal(1, count));
    });

    [Fact]
    public void Blocks_that_were_given_stay_as_they_were()
    {
        Block[] blocks = [.. new Extent(5, 3).Split(new Extent(2, 3))];
        Assert.Equal(["[0 0 .. 2 3)", "[2 0 .. 4 3)", "[4 0 .. 5 3)"], blocks.Select(block => block.ToString()));
    }

    [Fact]
    public void A_tile_of_another_rank_or_without_size_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Extent(5, 3).Split(new Extent(2, 2, 2)));
        Assert.Throws<ArgumentException>(() => new Extent(5, 3).Split(new Extent(2, 0)));
    }

    [Fact]
    public void Strides_step_to_the_neighbour() => GridCases.Extents.Sample(extent =>
    {
        long[] strides = extent.Strides();
        foreach (int[] position in GridCases.Positions(extent))
            Assert.Equal(GridCases.IndexOf(extent, position), position.Select((index, axis) => index * strides[axis]).Sum());
    });
}
