using CsCheck;
using Morula.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class TilingTests
{
    [Fact]
    public void Cores_cover_every_voxel_once_and_wholes_keep_their_promises() => Gen.Int[1, 4].SelectMany(rank => Gen.Select(
            Gen.Int[1, rank == 4 ? 9 : 17].Array[rank], Gen.Int[3, 7].Array[rank], Gen.Int[0, 1].Array[rank], Gen.Int[1, 4].Array[rank]))
        .Sample((image, tile, halo, stride) => Check(new Extent(image), tile, halo, stride), iter: 100);

    private static void Check(Extent image, int[] tile, int[] halo, int[] stride)
    {
        IReadOnlyList<Tile> tiles = Tiling.Plan(image, new Extent(tile), halo, stride);
        var covered = new int[image.Count];
        Extent size = tiles[0].Whole.Extent;
        foreach (Tile one in tiles)
        {
            Assert.Equal(size, one.Whole.Extent);
            Assert.Equal(one.Core, one.Core.ClipTo(image));
            for (int axis = 0; axis < image.Rank; axis++) CheckAxis(one, axis, image[axis], halo[axis], stride[axis]);
            foreach (long voxel in Voxels(one.Core, image)) covered[voxel]++;
        }

        Assert.All(covered, count => Assert.Equal(1, count));
    }

    private static void CheckAxis(Tile tile, int axis, int image, int halo, int stride)
    {
        Assert.Equal(0, tile.Whole.Extent[axis] % stride);
        Assert.True(tile.Whole.Lower[axis] == 0 ? tile.Core.Lower[axis] >= 0 : tile.Core.Lower[axis] - tile.Whole.Lower[axis] >= halo);
        Assert.True(tile.Whole.Upper[axis] >= image ? tile.Core.Upper[axis] <= image : tile.Whole.Upper[axis] - tile.Core.Upper[axis] >= halo);
        Assert.True(tile.Whole.Lower[axis] >= 0);
        Assert.True(tile.Whole.Upper[axis] - image < stride);
        if (tile.Whole.Extent[axis] - (2 * halo) >= stride) Assert.Equal(0, tile.Whole.Lower[axis] % stride);
    }

    private static IEnumerable<long> Voxels(Block block, Extent image)
    {
        long[] strides = image.Strides();
        for (long voxel = 0; voxel < image.Count; voxel++)
        {
            bool inside = true;
            for (int axis = 0; axis < image.Rank; axis++)
            {
                long place = voxel / strides[axis] % image[axis];
                inside &= place >= block.Lower[axis] && place < block.Upper[axis];
            }

            if (inside) yield return voxel;
        }
    }

    [Fact]
    public void A_long_axis_is_shared_out_evenly()
    {
        IReadOnlyList<Tile> tiles = Tiling.Plan(new Extent(10, 100), new Extent(16, 40), [4, 10], [4, 4]);
        Assert.Equal(4, tiles.Count);
        Assert.Equal([0, 20, 40, 60], tiles.Select(tile => tile.Whole.Lower[1]));
        Assert.Equal([30, 50, 70, 100], tiles.Select(tile => tile.Core.Upper[1]));
        Assert.All(tiles, tile => Assert.Equal(new Extent(12, 40), tile.Whole.Extent));
    }

    [Fact]
    public void A_tile_without_room_for_a_core_is_refused() =>
        Assert.Throws<ArgumentException>(() => Tiling.Plan(new Extent(100, 100), new Extent(20, 20), [10, 0]));

    [Theory]
    [InlineData(new[] { 256, 256, 256 }, 3_000_000, 20)]
    [InlineData(new[] { 40, 700, 500 }, 2_000_000, 16)]
    [InlineData(new[] { 900, 1100 }, 200_000, 30)]
    [InlineData(new[] { 3, 120, 130, 140 }, 1_000_000, 10)]
    public void Fitted_tiles_keep_the_bound_and_hold_no_more_than_any_cube(int[] sizes, int most, int halo)
    {
        var image = new Extent(sizes);
        int first = SpatialAxes.First(image.Rank);
        int[] margin = [.. sizes.Select((_, axis) => axis < first ? 0 : halo)], stride = [.. sizes.Select((_, axis) => axis < first ? 1 : 4)];
        Extent fitted = TileFit.Of(image, most, margin, stride);
        Assert.InRange(fitted.Count, 1, most);
        long work = Work(fitted);
        for (int side = (3 * halo) + 1; side < 256; side++)
        {
            var cube = new Extent([.. sizes.Select((size, axis) => axis < first ? size : Math.Min(size, side / 4 * 4))]);
            if (cube.Count <= most) Assert.True(work <= Work(cube), $"{fitted}: {work}, {cube}: {Work(cube)}");
        }

        Assert.Equal(new Extent(sizes), TileFit.Of(image, image.Count, margin, stride));

        long Work(Extent tile) => Tiling.Plan(image, tile, margin, stride).Sum(one => one.Whole.Extent.Count);
    }

    [Fact]
    public void A_fitted_tile_may_have_a_core_narrower_than_its_halo_but_must_have_one()
    {
        Assert.Equal(new Extent(16, 16), TileFit.Of(new Extent(40, 40), 256, [7, 7], [8, 8]));
        // What rounding takes is no reason to refuse.
        Assert.Equal(new Extent(32, 32), TileFit.Of(new Extent(100, 100), 256, [4, 4], [32, 32]));
        Assert.Contains("256 voxels", Assert.Throws<ArgumentException>(() => TileFit.Of(new Extent(40, 40), 256, [8, 8])).Message, StringComparison.Ordinal);
    }
}
