using Morula.Formats;
using Morula.Inference;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Streaming;
using Morula.Tests.Formats;
using Morula.Tests.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Streaming;

/// <summary>Images read, predicted and painted in parts against the same in one piece.</summary>
public sealed class StreamedImageTests
{
    private const int Bins = 12;
    private const int LargestCell = 10;

    public static TheoryData<int[], int, double, int[], int> Cuts => new()
    {
        // Sizes, cells, working spacing, tile, voxels of a block.
        { [150, 170], 90, 1, [64, 64], 9_600 },
        { [64, 60, 56], 50, 1, [40, 40, 40], 118_000 },
        { [64, 60, 56], 50, 1.6, [24, 24, 24], 118_000 },
    };

    [Theory, MemberData(nameof(Cuts))]
    public void Parts_give_what_one_piece_gives(int[] sizes, int cells, double spacing, int[] tile, int blockVoxels)
    {
        using var folder = new TemporaryFolder();
        var (image, truth) = Embryo(folder["e.tif"], sizes, cells);
        SampleOptions samples = new() { Spacing = [spacing] };
        InferenceOptions inference = Options(tile, blockVoxels);
        using var streamed = Open(folder, "p", samples, inference, sizes.Length);
        Assert.True(streamed.Plan.Tiles.Count > 3 && streamed.Plan.Blocks.Count > 3, $"{streamed.Plan.Tiles.Count} tiles, {streamed.Plan.Blocks.Count} blocks");
        LabelVolume seen = truth.Resample(streamed.Plan.Working);
        CellTable table = Run(streamed, seen, PredictionFiles.In(folder["out"], "e"));

        var found = streamed.Plan.Tiles.Select(one => TileDetections.FromTile(one, PackedCells.Detect(seen.Crop(one.Whole), Bins)));
        Detections merged = Stitching.Merge([.. found], seen.Extent, inference.Stitching);
        PaintedCells painted = Painter.Paint(merged, seen.Extent, image.Extent, image.Spacing, inference.PaintingAt(image.Spacing));
        LabelVolume touching = Refinement.Apply(painted, image, inference.Refinement);
        LabelVolume whole = CellGap.Cut(touching, inference.Refinement.GapMicrometres);
        LabelVolume parts = VolumeFile.ReadLabels(folder["out/e.tif"]);
        Assert.Equal(whole.Voxels, parts.Voxels);
        CellTable expected = CellQuality.Foretell(CellTable.Measure(whole, painted.Cells, touching), image.Extent, inference.Quality);
        Assert.All(table.Rows, row => Assert.NotNull(row.PredictedOverlap));
        Assert.Equal(CellTableFile.Text(expected), CellTableFile.Text(table));
        Assert.Equal(CellTableFile.Text(expected), File.ReadAllText(folder["out/e.cells.csv"]));
        Assert.True(table.Rows.Count > cells / 2, $"{table.Rows.Count} cells");
    }

    [Fact]
    public void The_working_grid_is_that_of_the_whole_image()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        foreach (double step in (double[])[0.7, 1, 1.9])
        {
            var (image, _) = Embryo(folder["e.tif"], [37, 41, 45], 20);
            var samples = new SampleOptions { Spacing = [step] };
            Volume expected = Intensity.Normalise(image.Resample(samples.WorkingExtent(image)), samples);
            using var source = VolumeSource.OpenImage(folder["e.tif"]);
            ImageScan scan = ImageScan.Of(source, expected.Extent, samples, 0.8, 4000, TestContext.Current.CancellationToken);
            var working = new WorkingImage(source, expected.Extent, scan.Scale);
            for (int draw = 0; draw < 20; draw++)
            {
                int[] lower = [.. Enumerable.Range(0, 3).Select(_ => random.Next(-5, 20))];
                var block = new Block(lower, [.. lower.Select(from => from + random.Next(6, 30))]);
                Assert.Equal(expected.CropToEdge(block).Voxels, working.Read(block).Voxels);
            }

            float[] smooth = GaussianFilter.ApplyInSpace(image, 0.8).Voxels;
            Assert.Equal((smooth.Min(), smooth.Max()), (scan.Least, scan.Most));
        }
    }

    [Fact]
    public void What_is_lost_is_made_again()
    {
        using var folder = new TemporaryFolder();
        var (_, truth) = Embryo(folder["e.tif"], [40, 60, 56], 30);
        InferenceOptions inference = Options([40, 40, 40], 76_000);
        using var streamed = Open(folder, "p", new SampleOptions(), inference, 3);
        Run(streamed, truth, PredictionFiles.In(folder["first"], "e"));
        File.Delete(folder["p/tiles/00001.cells"]);
        File.Delete(folder["p/blocks/00002.csv"]);
        Assert.Equal([1], Open(streamed, PredictionStage.Find));
        Assert.Equal([2], Open(streamed, PredictionStage.Paint));
        Run(streamed, truth, PredictionFiles.In(folder["second"], "e"));
        Assert.Equal(File.ReadAllBytes(folder["first/e.tif"]), File.ReadAllBytes(folder["second/e.tif"]));
        Assert.Equal(File.ReadAllText(folder["first/e.cells.csv"]), File.ReadAllText(folder["second/e.cells.csv"]));

        File.WriteAllBytes(folder["p/homes/00001.cells"], File.ReadAllBytes(folder["p/homes/00001.cells"])[..^3]);
        Assert.Contains("00001.cells", Assert.Throws<VolumeFormatException>(() => streamed.Finish(PredictionFiles.In(folder["third"], "e"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_that_are_all_surroundings_are_refused()
    {
        using var folder = new TemporaryFolder();
        Embryo(folder["e.tif"], [150, 170], 90);
        OptionsException refused = Assert.Throws<OptionsException>(() => Open(folder, "p", new SampleOptions(), Options([64, 64], 500), 2));
        Assert.Contains("Inference.BlockVoxels", refused.Message, StringComparison.Ordinal);
    }

    private static InferenceOptions Options(int[] tile, int blockVoxels) => new()
    {
        Tile = tile,
        BlockVoxels = blockVoxels,
        Quality = new QualityOptions { Weights = [0.5, 0.25, -1, 2, -3, 0.1, 1.5, 0.75] },
        Refinement = new RefinementOptions { GrowMicrometres = 1, CloseMicrometres = 1, SmoothingMicrometres = 0.6, GapMicrometres = 1 },
    };

    private static StreamedImage Open(TemporaryFolder folder, string parts, SampleOptions samples, InferenceOptions inference, int rank) =>
        new(folder["e.tif"], rank, null, samples, inference, [], LargestCell, new StreamParts(folder[parts]));

    private static IEnumerable<int> Open(StreamedImage streamed, PredictionStage stage) =>
        Enumerable.Range(0, streamed.Units(stage)).Where(unit => !streamed.IsDone(stage, unit));

    private static CellTable Run(StreamedImage streamed, LabelVolume seen, PredictionFiles files)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        foreach (PredictionStage stage in (PredictionStage[])[PredictionStage.Scan, PredictionStage.Find, PredictionStage.Settle, PredictionStage.Paint])
        {
            // Backwards: the order is free.
            foreach (int unit in Open(streamed, stage).Reverse())
            {
                streamed.Do(stage, unit, new IdealNetwork(() => PackedCells.Detect(seen.Crop(streamed.Plan.Tiles[unit].Whole), Bins)), cancellation);
                Assert.True(streamed.IsDone(stage, unit));
            }
        }

        return streamed.Finish(files);
    }

    // Bright membranes between packed cells, and noise.
    private static (Volume Image, LabelVolume Truth) Embryo(string path, int[] sizes, int cells)
    {
        LabelVolume truth = PackedCells.Make(new Extent(sizes), cells, 4);
        var random = new Random(5);
        LabelVolume inner = CellGap.Cut(truth, 1);
        var image = new Volume(truth.Extent, truth.Spacing, [.. truth.Voxels.Select((label, voxel) => (float)((label > 0 && inner.Voxels[voxel] == 0 ? 180 : 40) + random.Next(60)))]);
        VolumeFile.Write(path, image, VoxelType.UInt8);
        return (image, truth);
    }
}
