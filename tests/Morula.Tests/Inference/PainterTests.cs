using Morula.Inference;
using Morula.Model;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class PainterTests
{
    private static readonly PaintOptions Plain = new() { MinimumShare = 0, LargestPartOnly = false };

    public static TheoryData<int, double, double> Settings => new()
    {
        { 2, 0, 1 }, { 3, 0, 1 }, { 4, 0, 1 }, { 2, 1, 2 }, { 3, 0.5, 1.5 }, { 4, 2, 0.5 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Painting_agrees_with_the_definition(int rank, double scoreWeight, double edge)
    {
        Detections scene = Scene(rank, 7);
        int[] sizes = [13, 11, 9, 14];
        var output = new Extent(sizes.AsSpan(0, rank));
        var working = new Extent([.. sizes.Take(rank).Select((size, axis) => size + axis - 1)]);
        PaintOptions options = Plain with { ScoreWeight = scoreWeight, EdgeBins = edge };
        PaintedCells painted = Painter.Paint(scene, working, output, Spacing.Unit(rank), options);
        var (labels, foreground) = PainterOracle.Paint(scene, working, output, options);
        Assert.Equal(labels, painted.Labels.Voxels);
        for (int voxel = 0; voxel < foreground.Length; voxel++) Assert.Equal(foreground[voxel], painted.Foreground.Voxels[voxel], 1e-5);
        Assert.Contains(labels, label => label > 1);
        Assert.Contains(labels, label => label == 0);
    }

    [Theory]
    [InlineData(2, 90, 25, 28, 0.9)]
    [InlineData(3, 64, 30, 28, 0.9)]
    [InlineData(4, 20, 6, 14, 0.9)]
    public void Perfect_detections_of_packed_cells_are_painted_back(int rank, int size, int cells, int bins, double least)
    {
        LabelVolume truth = PackedCells.Make(Extent.Cube(rank, size), cells, 3);
        PaintedCells painted = Painter.Paint(PackedCells.Detect(truth, bins), truth.Extent, truth.Extent, truth.Spacing, new PaintOptions());
        Assert.Equal(truth.Cells().Count, painted.Cells.Count);
        Assert.All(PackedCells.BestOverlaps(truth, painted.Labels), overlap => Assert.True(overlap > least, $"overlap {overlap:F3}"));
    }

    [Fact]
    public void A_finer_output_grid_gives_the_same_cells()
    {
        LabelVolume truth = PackedCells.Make(new Extent(40, 48, 56), 20, 4);
        LabelVolume fine = truth.Resample(new Extent(60, 48, 84));
        PaintedCells painted = Painter.Paint(PackedCells.Detect(truth, 28), truth.Extent, fine.Extent, fine.Spacing, new PaintOptions());
        Assert.All(PackedCells.BestOverlaps(fine, painted.Labels), overlap => Assert.True(overlap > 0.85, $"overlap {overlap:F3}"));
    }

    [Fact]
    public void Threads_that_compete_for_processors_change_nothing()
    {
        Detections scene = Scene(3, 11);
        var extent = new Extent(30, 20, 25);
        // Sixteen at once share the processors in ever different ways.
        PaintedCells[] runs = [.. Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(16)
            .Select(_ => Painter.Paint(scene, new Extent(13, 11, 9), extent, Spacing.Unit(3), new PaintOptions()))];
        Assert.All(runs, run => Assert.Equal(runs[0].Labels.Voxels, run.Labels.Voxels));
        Assert.All(runs, run => Assert.Equal(runs[0].Foreground.Voxels, run.Foreground.Voxels));
    }

    [Fact]
    public void A_covered_duplicate_is_dropped_and_its_voxels_go_to_the_other()
    {
        // Two nearly equal boxes of uniform masks: the second is more certain only in its last column.
        float[] masks = [.. Enumerable.Repeat(0.9f, 16), .. Enumerable.Range(0, 16).Select(bin => bin % 4 == 3 ? 1f : 0.8f)];
        var scene = new Detections(2, [2, 2, 10, 10, 2, 2, 10, 10], [0.9f, 0.8f], [1, 1], new Extent(4, 4), masks);
        PaintedCells kept = Painter.Paint(scene, new Extent(12, 12), new Extent(12, 12), Spacing.Unit(2), Plain);
        Assert.Equal(2, kept.Cells.Count);
        PaintedCells dropped = Painter.Paint(scene, new Extent(12, 12), new Extent(12, 12), Spacing.Unit(2), Plain with { MinimumShare = 0.5 });
        Assert.Equal(1, dropped.Cells.Count);
        Detections alone = scene with { Boxes = scene.Boxes[..4], Scores = [0.9f], Classes = [1], Masks = masks[..16] };
        PaintedCells expected = Painter.Paint(alone, new Extent(12, 12), new Extent(12, 12), Spacing.Unit(2), Plain);
        Assert.Equal(expected.Labels.Voxels, dropped.Labels.Voxels);
        Assert.Equal(expected.Foreground.Voxels, dropped.Foreground.Voxels);
    }

    [Theory, InlineData(0.7, 7, true), InlineData(0.7, 8, false), InlineData(0, 8, true)]
    public void An_uncertain_cell_takes_a_gap_and_nothing_that_is_taken(double sureScore, int covered, bool stays)
    {
        // A sure cell, and beside it one of a stronger mask that reaches over some columns of it. Masks end a column before their boxes.
        float[] masks = [.. Enumerable.Repeat(0.9f, 16), .. Enumerable.Repeat(1f, 16)];
        var scene = new Detections(2, [0, 0, 16, 16, 0, 16 - covered, 16, 32 - covered], [0.9f, 0.5f], [1, 1], new Extent(4, 4), masks);
        var extent = new Extent(16, 32);
        PaintOptions options = Plain with { SureScore = sureScore, UncertainShare = 0.6, EdgeBins = 0.5 };
        PaintedCells both = Painter.Paint(scene, extent, extent, Spacing.Unit(2), options), alone = Painter.Paint(DetectionSelection.Take(scene, [0]), extent, extent, Spacing.Unit(2), options);
        Assert.Equal(stays ? 2 : 1, both.Cells.Count);
        bool[] own = [.. both.Labels.Voxels.Select(label => label == 1)], before = [.. alone.Labels.Voxels.Select(label => label == 1)];
        Assert.Equal(sureScore > 0, own.SequenceEqual(before));
        Assert.All(Enumerable.Range(0, own.Length).Where(voxel => own[voxel]), voxel => Assert.Equal(alone.Foreground.Voxels[voxel], both.Foreground.Voxels[voxel], 1e-5f));
    }

    [Fact]
    public void Only_the_largest_part_of_a_cell_stays()
    {
        // One bin column of probability 0 parts the mask into 1 and 2 columns.
        float[] mask = [.. Enumerable.Range(0, 16).Select(bin => bin % 4 == 1 ? 0f : 1f)];
        var scene = new Detections(2, [0, 0, 16, 16], [0.9f], [1], new Extent(4, 4), mask);
        PaintedCells parts = Painter.Paint(scene, new Extent(16, 16), new Extent(16, 16), Spacing.Unit(2), Plain);
        PaintedCells largest = Painter.Paint(scene, new Extent(16, 16), new Extent(16, 16), Spacing.Unit(2), Plain with { LargestPartOnly = true });
        Assert.Contains(Enumerable.Range(0, 16), row => parts.Labels.Voxels[row * 16] == 1);
        Assert.DoesNotContain(Enumerable.Range(0, 16), row => largest.Labels.Voxels[row * 16] == 1);
        Assert.Equal(parts.Labels.Voxels.Where((_, voxel) => voxel % 16 > 7), largest.Labels.Voxels.Where((_, voxel) => voxel % 16 > 7));
    }

    [Fact]
    public void Small_cells_disappear_and_the_rest_is_numbered_by_score()
    {
        float[] full = [.. Enumerable.Repeat(1f, 8)];
        var scene = new Detections(
            3, [0, 0, 0, 2, 2, 2, 4, 4, 4, 9, 9, 9, 10, 0, 0, 14, 4, 4], [0.9f, 0.7f, 0.8f], [1, 2, 3], new Extent(2, 2, 2), [.. full, .. full, .. full]);
        PaintedCells painted = Painter.Paint(scene, new Extent(16, 9, 9), new Extent(16, 9, 9), Spacing.Unit(3), Plain with { MinimumVoxels = 20 });
        Assert.Equal([0.8f, 0.7f], painted.Cells.Scores);
        Assert.Equal([3, 2], painted.Cells.Classes);
        Assert.Equal(new Block([10, 0, 0], [14, 4, 4]), painted.Labels.Cells()[0].Box);
    }

    [Fact]
    public void Nothing_found_paints_nothing()
    {
        PaintedCells painted = Painter.Paint(
            Detections.None(new Extent(4, 4)), new Extent(5, 5), new Extent(7, 7), Spacing.Unit(2), new PaintOptions());
        Assert.All(painted.Labels.Voxels, label => Assert.Equal(0, label));
        Assert.Equal(0, painted.Cells.Count);
    }

    /// <summary>Overlapping boxes, partly outside the image, with random masks.</summary>
    private static Detections Scene(int rank, int seed)
    {
        var random = new Random(seed);
        const int Count = 6;
        int[] bins = [3, 4, 5, 2];
        var mask = new Extent(bins.AsSpan(0, rank));
        var boxes = new List<float>();
        for (int index = 0; index < Count; index++)
        {
            float[] lower = [.. Enumerable.Range(0, rank).Select(_ => (random.NextSingle() * 8) - 2)];
            boxes.AddRange(lower);
            boxes.AddRange(lower.Select(side => side + 2 + (random.NextSingle() * 6)));
        }

        return new Detections(
            rank, [.. boxes], [.. Enumerable.Range(0, Count).Select(index => 0.9f - (0.1f * index))], [.. Enumerable.Repeat(1, Count)], mask,
            [.. Enumerable.Range(0, (int)mask.Count * Count).Select(_ => random.NextSingle())]);
    }
}
