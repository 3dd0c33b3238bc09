using Morula.Formats;
using Morula.Inference;
using Morula.Runs;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Runs;

/// <summary>Images that overlap in time against images one by one.</summary>
public sealed class ImageSeriesTests : IDisposable
{
    private static readonly string[] Few = ["Model.Regions.ScoreThreshold=0.01", "Inference.MaskThreshold=0.01"];
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, InlineData(true), InlineData(false)]
    public void Files_and_order_are_those_of_one_by_one(bool isBound)
    {
        IReadOnlyList<string> images = Synthesise(5);
        using var run = new PredictionRun(TinyCheckpoint.In(folder), Few, isBound ? new PredictionBound(2L << 30, images) : null);
        foreach (string image in images) run.Predict(image, folder["apart"], cancellation: Cancellation);
        var begun = new List<int>();
        PredictedImage[] found = [.. run.PredictEach(images, folder["series"], place => { begun.Add(place); return null; }, Cancellation)];
        Assert.Equal(images.Select(VolumeName.Of), found.Select(image => image.Name));
        Assert.Equal(Enumerable.Range(0, images.Count), begun);
        Assert.Contains(found, image => image.Cells > 1);
        foreach (string file in Directory.GetFiles(folder["apart"])) Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder["series"], Path.GetFileName(file))));
    }

    [Fact]
    public void Large_images_among_small_ones_come_in_their_order()
    {
        IReadOnlyList<string> images = Synthesise(3);
        using var run = new PredictionRun(TinyCheckpoint.In(folder), [.. Few, "Model.Regions.DetectionCount=4", "Inference.BlockVoxels=32768", "Inference.Tile=[32,32,32]", "Inference.Halo=[8,8,8]"]);
        string large = folder["large.tif"];
        VolumeFile.Write(large, VolumeFile.ReadImage(images[0]).Resample(new Extent(40, 48, 48)));
        string[] mixed = [images[0], large, images[1], images[2]];
        Assert.Equal(mixed.Select(VolumeName.Of), run.PredictEach(mixed, folder["out"], null, Cancellation).Select(image => image.Name));
        Assert.Equal(4, Directory.GetFiles(folder["out"], "*.cells.csv").Length);
    }

    [Fact]
    public void What_fails_later_leaves_the_results_before_it()
    {
        IReadOnlyList<string> images = Synthesise(3);
        File.WriteAllBytes(images[2], File.ReadAllBytes(images[2])[..2000]);
        using var run = new PredictionRun(TinyCheckpoint.In(folder), Few);
        var found = new List<string>();
        Assert.Throws<VolumeFormatException>(() => found.AddRange(run.PredictEach(images, folder["out"], null, Cancellation).Select(image => image.Name)));
        Assert.All(images.Take(2), image => Assert.True(PredictionFilesOf(image).All(File.Exists)));
        Assert.DoesNotContain(PredictionFilesOf(images[2]), File.Exists);
    }

    public void Dispose() => folder.Dispose();

    private string[] PredictionFilesOf(string image) => [PredictionFiles.Of(folder["out"], image).Labels, PredictionFiles.Of(folder["out"], image).Cells];

    private IReadOnlyList<string> Synthesise(int count)
    {
        EmbryoOptions embryo = EmbryoOptions.Easy with { Extent = [24, 32, 32], SpacingMicrometres = [1, 1, 1], CellCount = 6 };
        SyntheticDataSet.WriteEmbryos(folder["data"], embryo, count, seed: 3, cancellation: Cancellation);
        return PredictionRun.Images([folder["data/raw"]]);
    }
}
