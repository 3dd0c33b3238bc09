using Morula.Evaluation;
using Morula.Formats;
using Morula.Options;
using Morula.Runs;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Morula.Tests.Training;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Runs;

/// <summary>A shipped network calibrated on synthetic embryos.</summary>
public sealed class CalibrationRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_same_network_foretells_the_overlap_of_its_cells()
    {
        using var folder = new TemporaryFolder();
        EmbryoOptions embryo = EmbryoOptions.Hard with { Extent = [48, 48, 48], SpacingMicrometres = [0.45, 0.45, 0.45], CellCount = 22 };
        SyntheticDataSet.WriteEmbryos(folder["data"], embryo, 3, seed: 5, cancellation: Cancellation);
        string network = ShippedNetworks.PathOf(ShippedNetworks.Default), calibrated = folder["c.safetensors"];
        CalibrationOutcome found = CalibrationRun.Run(network, folder["data"], calibrated, ["Inference.Quality.Weights=[]"], null, Cancellation);
        Assert.Equal(TinyTraining.Arrays(network), TinyTraining.Arrays(calibrated));
        Assert.InRange(found.Error, 0, 0.2);
        Assert.Equal(found.Cells, found.Scores.Sum(bin => bin.Cells));
        Assert.All(found.Scores, bin => Assert.InRange(bin.Score, bin.From, bin.To));

        // The table of an image says what the truth says, to that error.
        using var run = new PredictionRun(calibrated, []);
        PredictedImage image = run.Predict(folder["data/raw/00000.tif"], folder["out"], cancellation: Cancellation);
        IReadOnlyDictionary<int, double> overlaps = Contingency.Count(VolumeFile.ReadLabels(folder["data/labels/00000.tif"]), VolumeFile.ReadLabels(image.Files.Labels)).BestOverlaps();
        CommaTable table = CommaTable.Read(image.Files.Cells);
        double[] off = [.. table.Lines.Select(line => Math.Abs(Number(line, table.Column("predicted_iou")) - overlaps[(int)Number(line, table.Column("id"))]))];
        Assert.InRange(off.Average(), 0, 0.2);

        static double Number(CommaTable.Line line, int column) => double.Parse(line.Values[column], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Too_few_cells_are_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.WriteEmbryos(folder["data"], EmbryoOptions.Easy with { Extent = [32, 32, 32], SpacingMicrometres = [0.45, 0.45, 0.45], CellCount = 4 }, 1, seed: 5, cancellation: Cancellation);
        string message = Assert.Throws<OptionsException>(() => CalibrationRun.Run(ShippedNetworks.PathOf(ShippedNetworks.Default), folder["data"], folder["c.safetensors"], [], null, Cancellation)).Message;
        Assert.Contains("50 are needed", message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["c.safetensors"]));
    }

    [Fact]
    public void The_best_overlap_of_a_cell_is_that_with_any_true_cell()
    {
        var random = new Random(4);
        var extent = new Extent(6, 7, 8);
        LabelVolume Draw() => new(extent, Spacing.Unit(3), [.. Enumerable.Range(0, (int)extent.Count).Select(_ => random.Next(5))]);
        var (truth, found) = (Draw(), Draw());
        IReadOnlyDictionary<int, double> overlaps = Contingency.Count(truth, found).BestOverlaps();
        Assert.Equal([1, 2, 3, 4], overlaps.Keys.Order());
        foreach (var (label, overlap) in overlaps)
        {
            double best = Enumerable.Range(1, 4).Max(other =>
            {
                var pairs = truth.Voxels.Zip(found.Voxels, (one, two) => (InTruth: one == other, InFound: two == label)).ToArray();
                return (double)pairs.Count(pair => pair is { InTruth: true, InFound: true }) / pairs.Count(pair => pair.InTruth || pair.InFound);
            });
            Assert.Equal(best, overlap, 1e-12);
        }
    }
}
