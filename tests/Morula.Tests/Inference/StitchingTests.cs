using Morula.Inference;
using Morula.Model;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class StitchingTests
{
    [Theory]
    [InlineData(2, 96, 40, 28)]
    [InlineData(3, 64, 30, 28)]
    [InlineData(4, 18, 40, 9)]
    public void Tiles_give_the_same_cells_as_one_piece(int rank, int size, int cells, int bins)
    {
        LabelVolume truth = PackedCells.Make(Extent.Cube(rank, size), cells, 2);
        IReadOnlyList<Tile> tiles = Tiling.Plan(truth.Extent, Extent.Cube(rank, size * 2 / 3), [.. Enumerable.Repeat(size / 5, rank)]);
        Assert.True(tiles.Count >= 1 << rank);
        Detections stitched = Stitching.Merge([.. tiles.Select(tile => See(truth, tile, bins))], truth.Extent, new StitchingOptions { MarginVoxels = 1 });
        PaintedCells whole = Paint(PackedCells.Detect(truth, bins), truth);
        PaintedCells parts = Paint(stitched, truth);
        Assert.Equal(whole.Cells.Count, parts.Cells.Count);
        Assert.All(PackedCells.BestOverlaps(whole.Labels, parts.Labels), overlap => Assert.True(overlap > 0.85, $"overlap {overlap:F3}"));
    }

    [Fact]
    public void Cells_that_every_tile_sees_whole_are_painted_identically()
    {
        // Small cells and a wide halo: no cell at home is cut.
        LabelVolume truth = PackedCells.Make(new Extent(90, 90), 120, 6);
        IReadOnlyList<Tile> tiles = Tiling.Plan(truth.Extent, new Extent(64, 64), [20, 20]);
        Detections stitched = Stitching.Merge([.. tiles.Select(tile => See(truth, tile, 28))], truth.Extent, new StitchingOptions());
        Detections whole = PackedCells.Detect(truth, 28);
        Assert.Equal(Paint(whole, truth).Labels.Voxels, Paint(stitched, truth).Labels.Voxels);
    }

    [Fact]
    public void The_order_of_tiles_changes_nothing()
    {
        LabelVolume truth = PackedCells.Make(Extent.Cube(3, 40), 15, 9);
        TileDetections[] seen = [.. Tiling.Plan(truth.Extent, Extent.Cube(3, 26), [6, 6, 6]).Select(tile => See(truth, tile, 10))];
        Detections first = Stitching.Merge(seen, truth.Extent, new StitchingOptions());
        new Random(1).Shuffle(seen);
        Detections second = Stitching.Merge(seen, truth.Extent, new StitchingOptions());
        Assert.Equal(first.Boxes, second.Boxes);
        Assert.Equal(first.Scores, second.Scores);
        Assert.Equal(first.Masks, second.Masks);
        Assert.Equal(first.Scores.OrderDescending(), first.Scores);
    }

    [Fact]
    public void A_cell_longer_than_a_tile_is_joined()
    {
        var truth = new LabelVolume(new Extent(20, 100), Spacing.Unit(2));
        for (int row = 5; row < 15; row++) truth.Voxels.AsSpan((row * 100) + 10, 80).Fill(1);
        IReadOnlyList<Tile> tiles = Tiling.Plan(truth.Extent, new Extent(20, 40), [0, 8]);
        Assert.Equal(4, tiles.Count);
        Detections stitched = Stitching.Merge([.. tiles.Select(tile => See(truth, tile, 28))], truth.Extent, new StitchingOptions());
        Assert.Equal(1, stitched.Count);
        Assert.Equal([5, 10, 15, 90], stitched.Boxes);
        Assert.True(PackedCells.BestOverlaps(truth, Paint(stitched, truth).Labels)[0] > 0.9);
    }

    [Fact]
    public void What_one_tile_tells_apart_stays_apart_where_another_sees_it_too()
    {
        // Two detections that share half of each other, on the border of two cores, both seen by both tiles.
        var image = new Extent(20, 60);
        IReadOnlyList<Tile> tiles = Tiling.Plan(image, new Extent(20, 40), [0, 8]);
        Detections Seen(float better, float worse) =>
            new(2, [4, 26, 12, 34, 6, 27, 14, 34], [better, worse], [1, 1], new Extent(1, 1), [1, 1]);
        TileDetections[] both = [new(tiles[0], Seen(0.95f, 0.8f)), new(tiles[1], Seen(0.94f, 0.81f))];
        Assert.Equal([0.94f, 0.81f], Stitching.Merge(both, image, new StitchingOptions()).Scores);
        // A tile that sees one of them alone says nothing of the other.
        TileDetections[] one = [both[0], new(tiles[1], DetectionSelection.Take(Seen(0.94f, 0.81f), [0]))];
        Assert.Equal([0.94f, 0.8f], Stitching.Merge(one, image, new StitchingOptions()).Scores);
    }

    [Fact]
    public void A_cell_is_that_of_the_tile_in_whose_core_it_lies()
    {
        var image = new Extent(20, 60);
        IReadOnlyList<Tile> tiles = Tiling.Plan(image, new Extent(20, 40), [0, 8]);
        TileDetections[] both = [.. tiles.Select((tile, index) => new TileDetections(tile, new Detections(2, [5, 25 - index, 11, 33], [0.9f + (0.05f * index)], [1], new Extent(1, 1), [1])))];
        Assert.Equal([5, 25, 11, 33], Stitching.Merge(both, image, new StitchingOptions()).Boxes);
    }

    [Fact]
    public void What_only_the_neighbour_saw_just_beyond_its_core_is_kept()
    {
        var image = new Extent(20, 60);
        IReadOnlyList<Tile> tiles = Tiling.Plan(image, new Extent(20, 40), [0, 8]);
        Assert.Equal(30, tiles[0].Core.Upper[1]);
        var near = new Detections(2, [5, 27, 11, 38], [0.9f], [1], new Extent(1, 1), [1]);
        var far = new Detections(2, [5, 30, 11, 38], [0.9f], [1], new Extent(1, 1), [1]);
        Detections none = Detections.None(new Extent(1, 1));
        StitchingOptions options = new() { MarginVoxels = 3 };
        Assert.Equal(1, Stitching.Merge([new TileDetections(tiles[0], near), new TileDetections(tiles[1], none)], image, options).Count);
        Assert.Equal(0, Stitching.Merge([new TileDetections(tiles[0], far), new TileDetections(tiles[1], none)], image, options).Count);
        Assert.Equal(1, Stitching.Merge([new TileDetections(tiles[0], near), new TileDetections(tiles[1], near)], image, options).Count);
    }

    private static TileDetections See(LabelVolume truth, Tile tile, int bins) =>
        TileDetections.FromTile(tile, PackedCells.Detect(truth.Crop(tile.Whole), bins));

    private static PaintedCells Paint(Detections detections, LabelVolume truth) =>
        Painter.Paint(detections, truth.Extent, truth.Extent, truth.Spacing, new PaintOptions());
}
