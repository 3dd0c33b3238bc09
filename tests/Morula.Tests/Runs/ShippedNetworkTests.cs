using Morula.Formats;
using Morula.Inference;
using Morula.Jobs;
using Morula.Model;
using Morula.Options;
using Morula.Runs;
using Morula.Synthesis;
using Morula.Tests.Cli;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Runs;

public sealed class ShippedNetworkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Names_mean_networks_unless_a_file_has_the_name()
    {
        Assert.Contains(ShippedNetworks.Default, ShippedNetworks.Names);
        Assert.True(File.Exists(ShippedNetworks.PathOf(ShippedNetworks.Default)));
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["mine"], "x");
        Assert.Equal(folder["mine"], ShippedNetworks.PathOf(folder["mine"]));
        Assert.Contains(ShippedNetworks.Default, Assert.Throws<VolumeFormatException>(() => ShippedNetworks.PathOf("membrane33d")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_for_movies_follows_cells_of_any_size_of_voxels()
    {
        using var folder = new TemporaryFolder();
        EmbryoOptions embryo = EmbryoOptions.Easy with { Extent = [40, 40, 40], CellCount = 12, SpacingMicrometres = [0.6, 0.6, 0.6], BlurMicrometres = [0.6, 0.3, 0.3], MembraneThicknessMicrometres = 0.6 };
        SyntheticDataSet.WriteMovie(folder["movie"], new EmbryoMovieOptions { Embryo = embryo, Frames = 4 }, seed: 7, cancellation: Cancellation);
        Assert.Equal(0, TrainedFolder.Command(["predict", folder["movie/raw"], "--model", "membrane4d", "--out", folder["found"], "--quiet"]).Code);
        var (code, said, _) = TrainedFolder.Command(["evaluate", "--truth", folder["movie"], "--prediction", folder["found"], "--tracks"]);
        Assert.Equal(0, code);
        double Score(string name) => double.Parse(said.Split('\n').First(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Score("accuracy@0.5") > 0.8 && Score("TRA") > 0.8, said);
    }

    [Theory, InlineData(0.3), InlineData(0.9)]
    public void The_size_of_cells_is_found_whatever_the_size_of_voxels(double step)
    {
        using var folder = new TemporaryFolder();
        // The same embryo in voxels, so cells of 1.7 or 5.2 ... µm: what counts is what the file says.
        var options = EmbryoOptions.Easy with { CellCount = 24, SpacingMicrometres = [step, step, step], BlurMicrometres = [step, step / 2, step / 2], MembraneThicknessMicrometres = step };
        EmbryoScene scene = EmbryoScene.Create(options, new Random(5));
        VolumeFile.Write(folder["e.tif"], scene.Image, VoxelType.UInt8);
        double[] sizes = [.. scene.Labels.Cells().Select(cell => Math.Pow(cell.Box.Extent.Count, 1.0 / 3) * step).Order()];
        double found = CellDiameter.Estimate(ShippedNetworks.PathOf(ShippedNetworks.Default), [new ImageFrame(folder["e.tif"])], cancellation: Cancellation);
        Assert.InRange(found, 0.9 * sizes[sizes.Length / 2], 1.1 * sizes[sizes.Length / 2]);
    }

    [Fact]
    public void Of_several_images_the_middle_size_counts()
    {
        using var folder = new TemporaryFolder();
        ImageFrame[] images = [.. new[] { 0.6, 0.3, 0.45 }.Select((step, index) => Embryo(folder[$"e{index}.tif"], step, seed: index))];
        string network = ShippedNetworks.PathOf(ShippedNetworks.Default);
        double[] alone = [.. images.Select(image => CellDiameter.Estimate(network, [image], cancellation: Cancellation))];
        Assert.True(alone[1] < alone[2] && alone[2] < alone[0], string.Join(", ", alone));
        // What was seen in the images before sets the scale at which an image is looked at first.
        Assert.InRange(CellDiameter.Estimate(network, images, cancellation: Cancellation), 0.9 * alone[2], 1.1 * alone[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => CellDiameter.Estimate(network, [], cancellation: Cancellation));
    }

    [Fact]
    public void Images_of_different_cells_are_predicted_as_if_each_were_alone()
    {
        using var folder = new TemporaryFolder();
        string[] images = [.. new[] { 0.6, 0.3, 0.45 }.Select((step, index) => Embryo(folder[$"e{index}.tif"], step, seed: index).Path)];
        string network = ShippedNetworks.PathOf(ShippedNetworks.Default);
        var shares = new List<double>();
        CellSizes sizes = CellDiameter.EstimateEach(network, images, progress: new Told(shares), cancellation: Cancellation);
        Assert.Equal([1.0 / 3, 2.0 / 3, 1], shares);
        Assert.Equal(["e0", "e1", "e2"], sizes.Each.Keys.Order());
        Assert.Equal((sizes.Each["e1"], sizes.Each["e0"]), (sizes.Least, sizes.Most));
        Assert.Equal(sizes.Each, PredictionRequest.Read((new PredictionRequest(network, images, folder["asked"]) { Diameters = sizes.Each }).Save()).Diameters);
        using (var run = new PredictionRun(network, CellDiameter.Overrides(network, sizes.Least)) { Diameters = sizes.Each })
            Assert.Equal(3, run.PredictEach(images, folder["together"], cancellation: Cancellation).Count());
        foreach (string image in images)
        {
            CellSizes alone = CellDiameter.EstimateEach(network, [image], cancellation: Cancellation);
            Assert.Empty(alone.Each);
            Assert.Equal(sizes.Each[VolumeName.Of(image)], alone.Common);
            using var run = new PredictionRun(network, CellDiameter.Overrides(network, alone.Common));
            PredictedImage found = run.Predict(image, folder["alone"], cancellation: Cancellation);
            Assert.Equal(File.ReadAllBytes(found.Files.Labels), File.ReadAllBytes(PredictionFiles.Of(folder["together"], image).Labels));
            Assert.Equal(File.ReadAllText(found.Files.Cells), File.ReadAllText(PredictionFiles.Of(folder["together"], image).Cells));
        }

        // What is known is not judged again, and alike images leave nothing.
        var known = new CellSizes(5) { Each = new Dictionary<string, double> { ["e0"] = 5, ["e1"] = 6 } };
        CellSizes third = CellDiameter.EstimateEach(network, images, known: known, cancellation: Cancellation);
        Assert.Equal([5, 6, sizes.Each["e2"]], images.Select(image => third.Each[VolumeName.Of(image)]));
        third.Leave(folder["together"]);
        CellSizes all = CellDiameter.EstimateEach(network, images, known: CellSizes.Of(folder["together"]), cancellation: Cancellation);
        Assert.Equal(third.Common, all.Common);
        Assert.Equal(third.Each, all.Each);
        // One that cannot be read, and is not among the five, waits for its turn.
        File.WriteAllText(folder["bad.tif"], "no image");
        string[] more = [images[0], folder["bad.tif"], images[1], images[2], .. Enumerable.Range(0, 4).Select(copy => folder[$"copy{copy}.tif"])];
        for (int copy = 0; copy < 4; copy++) File.Copy(images[copy % 3], more[4 + copy]);
        CellSizes judged = CellDiameter.EstimateEach(network, more, known: new CellSizes(5) { Each = more.Where(image => image != more[1]).ToDictionary(VolumeName.Of, _ => 5.0) }, cancellation: Cancellation);
        Assert.Equal((8, judged.Common), (judged.Each.Count, judged.Each["bad"]));
        new CellSizes(7).Leave(folder["together"]);
        Assert.Null(CellSizes.Of(folder["together"]));
    }

    private static ImageFrame Embryo(string path, double step, int seed)
    {
        var options = EmbryoOptions.Easy with
        {
            Extent = [40, 40, 40], CellCount = 12, SpacingMicrometres = [step, step, step], BlurMicrometres = [step, step / 2, step / 2], MembraneThicknessMicrometres = step,
        };
        VolumeFile.Write(path, EmbryoScene.Create(options, new Random(seed)).Image, VoxelType.UInt8);
        return new ImageFrame(path);
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }

    [Fact]
    public void A_diameter_becomes_the_spacing_at_which_cells_are_typical()
    {
        string path = ShippedNetworks.PathOf(ShippedNetworks.Default);
        MorulaOptions made = OptionsFile.Parse<MorulaOptions>(Checkpoint.Load(path).Options, path, []);
        double typical = CellScale.TypicalVoxels(made.Model, made.Samples);
        IReadOnlyList<string> overrides = CellDiameter.Overrides(path, 12);
        MorulaOptions options = OptionsFile.Parse<MorulaOptions>("{}", "test", overrides);
        Assert.Equal(12 / typical, Assert.Single(options.Samples.Spacing!), 1e-4);
        Assert.True(options.Samples.Uncalibrated);
        Assert.Throws<OptionsException>(() => CellDiameter.Overrides(path, 0));
    }

    [Fact]
    public void An_image_without_cells_is_told_so()
    {
        using var folder = new TemporaryFolder();
        VolumeFile.Write(folder["e.tif"], new Volume(Extent.Cube(3, 24), Spacing.Unit(3)), VoxelType.UInt8);
        string message = Assert.Throws<VolumeFormatException>(() => CellDiameter.Estimate(ShippedNetworks.PathOf(ShippedNetworks.Default), [new ImageFrame(folder["e.tif"])], cancellation: Cancellation)).Message;
        Assert.Contains("--diameter", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_threads_changes_no_file()
    {
        using var folder = new TemporaryFolder();
        var options = EmbryoOptions.Easy with { Extent = [40, 40, 40], CellCount = 12 };
        VolumeFile.Write(folder["e.tif"], EmbryoScene.Create(options, new Random(5)).Image, VoxelType.UInt8);
        int before = get_num_threads();
        string network = ShippedNetworks.PathOf(ShippedNetworks.Default);
        IReadOnlyList<string> scale = CellDiameter.Overrides(network, 9);
        PredictionFiles[] found = [.. new[] { 1, 2 }.Select(threads =>
        {
            using var run = new PredictionRun(network, [.. scale, $"Inference.Threads={threads}"]);
            Assert.Equal(threads, get_num_threads());
            PredictedImage image = run.Predict(folder["e.tif"], folder[$"threads{threads}"], cancellation: Cancellation);
            Assert.InRange(image.Cells, 6, 18);
            return image.Files;
        })];
        set_num_threads(before);
        Assert.Equal(File.ReadAllBytes(found[0].Labels), File.ReadAllBytes(found[1].Labels));
        Assert.Equal(File.ReadAllBytes(found[0].Cells), File.ReadAllBytes(found[1].Cells));
    }

    [Fact]
    public void The_command_needs_nothing_but_an_image()
    {
        using var folder = new TemporaryFolder();
        string[] embryo = ["--set", "Extent=48,48,48", "--set", "CellCount=12", "--set", "SpacingMicrometres=0.5,0.5,0.5"];
        TrainedFolder.Command(["synthesize", "embryo", "--out", folder["data"], "--count", "1", "--seed", "3", .. embryo]);
        var (code, output, error) = TrainedFolder.Command("predict", folder["data/raw"], "--out", folder["cells"]);
        Assert.True(code == 0, error);
        Assert.Contains("cells are taken to be about", error, StringComparison.Ordinal);
        Assert.Contains("cells", output, StringComparison.Ordinal);
        Assert.InRange(VolumeFile.ReadLabels(folder["cells/00000.tif"]).Cells().Count, 9, 15);
        (code, _, error) = TrainedFolder.Command("predict", folder["data/raw"], "--out", folder["more"], "--diameter", "8", "--set", "Samples.Spacing=[1]");
        Assert.Equal(2, code);
        Assert.Contains("--diameter", error, StringComparison.Ordinal);
    }
}
