using System.Text.Json;
using Morula.Cli;
using Morula.Formats;
using Morula.Runs;
using Morula.Tests.Training;
using Morula.Volumes;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class EndToEndTests(TrainedFolder trained) : IClassFixture<TrainedFolder>
{
    // The network has learnt next to nothing: with every detection allowed there is something to look at.
    private static readonly string[] Eager = ["--set", "Model.Regions.ScoreThreshold=0"];

    [Fact]
    public void From_nothing_to_scores()
    {
        Assert.Equal(0, trained.Synthesis.Code);
        Assert.True(trained.Training.Code == 0, trained.Training.Error);
        foreach (string name in new[] { "best.safetensors", "last.safetensors", "options.json", "log.jsonl", "report.html" })
            Assert.True(File.Exists(Path.Combine(trained.Run, name)), name);
        string cells = Predict();
        for (int index = 0; index < 3; index++)
        {
            Assert.Equal(new Extent(24, 24, 24), VolumeFile.ReadLabels(Path.Combine(cells, $"{index:00000}.tif")).Extent);
            Assert.StartsWith("id,score,class,", File.ReadAllText(Path.Combine(cells, $"{index:00000}.cells.csv")));
        }

        string scores = trained.NewPath(".json");
        var (code, output, error) = TrainedFolder.Command("evaluate", "--truth", Path.Combine(trained.Data, "labels"), "--prediction", cells, "--json", scores);
        Assert.True(code == 0, error);
        Assert.Contains("AP50", output);
        using var json = JsonDocument.Parse(File.ReadAllText(scores));
        JsonElement pooled = json.RootElement.GetProperty("pooled");
        foreach (string key in new[] { "SEG", "accuracy@0.5", "accuracy@0.75", "AP50", "AP", "VOI split", "contact F1" })
            Assert.True(pooled.TryGetProperty(key, out _), key);
        Assert.Equal(3, json.RootElement.GetProperty("images").GetArrayLength());
    }

    [Fact]
    public void Training_begins_with_what_it_is_about()
    {
        string error = trained.Training.Error;
        Assert.Contains("2 training images, 1 for validation; crop 16 x 16 x 16, 1 a step", error);
        Assert.Matches(@"network of rank 3 with [\d,]+ parameters, on the processor with 1 thread", error);
        Assert.True(error.IndexOf("parameters", StringComparison.Ordinal) < error.IndexOf("step 1/4", StringComparison.Ordinal));
        Assert.Contains("validation at step 4: ", error);
    }

    [Fact]
    public void The_same_prediction_twice_is_the_same_to_the_byte()
    {
        string first = Predict(Eager);
        string second = Predict(Eager);
        string[] names = [.. Directory.GetFiles(first).Select(file => Path.GetFileName(file)).Where(name => name != PredictionReport.FileName).Order()];
        Assert.Equal(6, names.Length);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(first, name)), File.ReadAllBytes(Path.Combine(second, name))));
        Assert.NotEmpty(VolumeFile.ReadLabels(Path.Combine(first, "00000.tif")).Cells());
    }

    [Fact]
    public void A_prediction_leaves_no_tensor_behind()
    {
        int weights = TinyTraining.Arrays(trained.Model).Count;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        Predict([.. Eager, "--set", "Inference.Tile=16,16,16", "--set", "Inference.Halo=4,4,4"]);

        // TorchSharp 0.107 counts the tensor that a parameter took the place of for ever, though its memory is the parameter's.
        Assert.Equal(weights, torch.Tensor.TotalCount - before);
    }

    [Fact]
    public void An_image_may_be_predicted_in_tiles()
    {
        string cells = Predict([.. Eager, "--set", "Inference.Tile=16,16,16", "--set", "Inference.Halo=4,4,4"]);
        LabelVolume labels = VolumeFile.ReadLabels(Path.Combine(cells, "00000.tif"));
        Assert.Equal(new Extent(24, 24, 24), labels.Extent);
        Assert.NotEmpty(labels.Cells());
    }

    [Fact]
    public void A_resumed_prediction_leaves_alone_what_is_done()
    {
        string cells = Predict();
        string done = Path.Combine(cells, "00000.tif");
        string missing = Path.Combine(cells, "00001.tif");
        byte[] before = File.ReadAllBytes(missing);
        File.WriteAllText(done, "left alone");
        File.Delete(missing);
        var (code, output, error) = TrainedFolder.Command("predict", Path.Combine(trained.Data, "raw"), "--model", trained.Model, "--out", cells, "--resume");
        Assert.True(code == 0, error);
        Assert.Contains("2 of 3 images were done already", error);
        Assert.Equal(2, output.TrimEnd().Split('\n').Length);
        Assert.EndsWith("in 1 image", output.TrimEnd());
        Assert.Equal("left alone", File.ReadAllText(done));
        Assert.Equal(before, File.ReadAllBytes(missing));
    }

    [Fact]
    public void A_stopped_training_writes_all_and_says_how_to_go_on()
    {
        string run = trained.NewPath();
        using var cancel = new CancellationTokenSource();
        using var error = new StoppingWriter("step 1/", cancel);
        var (code, output, text) = TrainedFolder.Command(["train", trained.Options, "--data", trained.Data, "--out", run], error, cancel.Token);
        Assert.Equal(ExitCode.Stopped, code);
        Assert.Equal($"morula: stopped; go on with: morula train --data {trained.Data} --out {run} --resume", text.TrimEnd().Split(Environment.NewLine)[^1]);
        Assert.Contains(Path.Combine(run, "last.safetensors"), output);
        Assert.Contains("Losses", File.ReadAllText(Path.Combine(run, "report.html")));
        var (again, done, problem) = TrainedFolder.Command("train", "--data", trained.Data, "--out", run, "--resume", "--set", "Training.Steps=3");
        Assert.True(again == 0, problem);
        Assert.Contains("resuming behind step 1 of 3", problem);
        Assert.Contains(Path.Combine(run, "best.safetensors"), done);
    }

    [Fact]
    public void A_part_of_the_predictions_may_be_judged()
    {
        string cells = Predict();
        File.Delete(Path.Combine(cells, "00001.tif"));
        string[] evaluate = ["evaluate", "--truth", Path.Combine(trained.Data, "labels"), "--prediction", cells, "-q"];
        Assert.Equal(ExitCode.Refused, TrainedFolder.Command(evaluate).Code);
        var (code, output, error) = TrainedFolder.Command([.. evaluate, "--partial"]);
        Assert.Equal(0, code);
        Assert.Matches(@"images +2\n", output);
        Assert.Equal($"note: {trained.Labels(1)}: no prediction of this name; left out.", error.TrimEnd());
    }

    [Fact]
    public void Verbose_tells_how_an_image_is_predicted()
    {
        var (code, _, error) = TrainedFolder.Command("predict", trained.Image(0), "--model", trained.Model, "--out", trained.NewPath(), "--verbose");
        Assert.Equal(0, code);
        Assert.Contains("00000: 24 x 24 x 24 voxels", error);
        Assert.Contains("one tile of 24 x 24 x 24 voxels", error);
        Assert.Contains("memory at most", error);
    }

    private string Predict(params string[] more)
    {
        string cells = trained.NewPath();
        var (code, output, error) = TrainedFolder.Command(["predict", Path.Combine(trained.Data, "raw"), "--model", trained.Model, "--out", cells, .. more]);
        Assert.True(code == 0, error);
        Assert.Equal(4, output.TrimEnd().Split('\n').Length);
        Assert.EndsWith("in 3 images", output.TrimEnd());
        return cells;
    }

    /// <summary>Asks to stop as soon as a text is written.</summary>
    private sealed class StoppingWriter(string text, CancellationTokenSource source) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true) source.Cancel();
        }
    }
}
