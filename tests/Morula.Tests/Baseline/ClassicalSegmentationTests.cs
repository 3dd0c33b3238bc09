using Morula.Baseline;
using Morula.Evaluation;
using Morula.Inference;
using Morula.Synthesis;
using Morula.Tests.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Baseline;

public sealed class ClassicalSegmentationTests
{
    private static readonly BaselineOptions Balls = new() { Polarity = Polarity.BrightObject, Sigma = 1, Depth = 0.1, Foreground = 0.3 };

    [Theory, Ranks]
    public void Bright_balls_that_touch_are_two_cells(int rank)
    {
        var (image, truth) = TwoBalls(rank);
        ClassicalCells found = ClassicalSegmentation.Find(image, Balls);
        Assert.Equal(2 * Frames(truth.Extent), found.Scores.Length);
        if (rank < 4) Assert.Equal(1, CellMatching.Match(Contingency.Count(truth, found.Labels), 0.6).Scores.Accuracy);
    }

    [Theory, Ranks]
    public void Cells_are_in_one_piece_numbered_and_surest_first(int rank)
    {
        Volume image = Noise(rank);
        ClassicalCells found = ClassicalSegmentation.Find(image, Balls with { Depth = 0.02 });
        Assert.True(found.Scores.Length > 1);
        Assert.Equal(Enumerable.Range(1, found.Scores.Length), found.Labels.Cells().Select(cell => cell.Label));
        Assert.Equal(found.Scores.OrderDescending(), found.Scores);
        Assert.All(found.Scores, score => Assert.InRange(score, 0.02f, 1f));
        int[] pieces = [.. found.Labels.Voxels];
        Components.KeepLargest(pieces, image.Extent);
        Assert.Equal(found.Labels.Voxels, pieces);
    }

    [Fact]
    public void Small_cells_are_left_out()
    {
        Volume image = Noise(3);
        ClassicalCells all = ClassicalSegmentation.Find(image, Balls);
        long[] sizes = [.. all.Labels.Cells().Select(cell => cell.VoxelCount).Order()];
        ClassicalCells some = ClassicalSegmentation.Find(image, Balls with { SmallestVoxels = sizes[2] });
        Assert.NotEqual(sizes[0], sizes[2]);
        Assert.Equal(sizes[sizes.Count(size => size < sizes[2])..], some.Labels.Cells().Select(cell => cell.VoxelCount).Order());
    }

    [Fact]
    public void One_slice_is_as_a_plane_and_one_frame_as_an_image()
    {
        foreach (Polarity polarity in Enum.GetValues<Polarity>())
        {
            foreach (int rank in new[] { 2, 3 })
            {
                Volume image = Noise(rank);
                var thicker = new Volume(new Extent([1, .. image.Extent.Sizes]), new Spacing([1, .. image.Spacing.Steps]), image.Voxels);
                BaselineOptions options = Balls with { Polarity = polarity };
                Assert.Equal(ClassicalSegmentation.Find(image, options).Labels.Voxels, ClassicalSegmentation.Find(thicker, options).Labels.Voxels);
            }
        }
    }

    [Theory]
    [MemberData(nameof(BaselineGolden.Names), MemberType = typeof(BaselineGolden))]
    public void Flooding_from_the_minima_agrees_with_the_watershed_of_scikit_image(int index)
    {
        BaselineGolden golden = BaselineGolden.Read(index);
        foreach (var answer in golden.Answers)
        {
            var labels = new int[golden.Levels.Length];
            Array.Fill(labels, PriorityFlood.Open);
            for (int seed = 0; seed < answer.Minima.Length; seed++) labels[answer.Minima[seed]] = seed + 1;
            PriorityFlood.Fill(labels, golden.Levels, golden.Extent);
            // In a basin without a seed the two differ in what they flood first once water runs down into it.
            Assert.InRange(labels.Zip(answer.Watershed).Count(pair => pair.First == pair.Second) / (double)labels.Length, 0.95, 1);
        }
    }

    [Fact]
    public void Tuning_finds_out_what_is_bright()
    {
        EmbryoScene scene = EmbryoScene.Create(EmbryoOptions.Easy with { Extent = [40, 40, 40], CellCount = 10 }, new Random(3));
        BaselineChoice membranes = BaselineTuning.Choose([new TuningImage(scene.Image, scene.Labels)], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Polarity.BrightBoundary, membranes.Options.Polarity);
        Assert.InRange(membranes.Score, 0.6, 1);
        Assert.Equal((2 * 3 * 6) + (5 * 4), membranes.Tried);
        var (image, truth) = TwoBalls(3);
        BaselineChoice balls = BaselineTuning.Choose([new TuningImage(image, truth)], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Polarity.BrightObject, balls.Options.Polarity);
        Assert.InRange(balls.Score, 0.8, 1);
    }

    [Fact]
    public void Tuning_without_a_cell_is_refused() =>
        Assert.Throws<ArgumentException>(() => BaselineTuning.Choose(
            [new TuningImage(Noise(2), new LabelVolume(Noise(2).Extent, Spacing.Unit(2)))], cancellation: TestContext.Current.CancellationToken));

    private static int Frames(Extent extent) => extent.Rank > 3 ? extent[0] : 1;

    private static Volume Noise(int rank)
    {
        var extent = new Extent([.. Enumerable.Range(0, rank).Select(axis => rank == 4 && axis == 0 ? 2 : 18 + axis)]);
        var random = new Random(7);
        var noise = new Volume(extent, Spacing.Unit(rank), [.. Enumerable.Range(0, (int)extent.Count).Select(_ => (float)random.NextDouble())]);
        return GaussianFilter.ApplyInSpace(noise, 1.5);
    }

    private static (Volume Image, LabelVolume Truth) TwoBalls(int rank)
    {
        int space = Math.Min(rank, 3);
        var extent = new Extent([.. Enumerable.Range(0, rank).Select(axis => rank == 4 && axis == 0 ? 2 : axis == rank - 1 ? 36 : 22)]);
        var truth = new LabelVolume(extent, Spacing.Unit(rank));
        var image = new Volume(extent, Spacing.Unit(rank));
        for (int voxel = 0; voxel < truth.Voxels.Length; voxel++)
        {
            int[] place = Neighbourhood.Coordinates(voxel, extent)[(rank - space)..];
            for (int ball = 0; ball < 2; ball++)
            {
                double squared = place.Select((at, axis) => axis == space - 1 ? at - (11.0 + (13 * ball)) : at - 11.0).Sum(distance => distance * distance);
                if (squared > 49) continue;
                truth.Voxels[voxel] = ball + 1;
                image.Voxels[voxel] = (float)(1 - (squared / 100));
            }
        }

        return (image, truth);
    }
}
