using Morula.Formats;
using Morula.Measuring;
using Morula.Model;
using Morula.Options;
using Morula.Planning;
using Morula.Runs;
using Morula.Samples;
using Morula.Tensors;
using Morula.Training;

namespace Morula.Bench.Plan;

/// <summary>A real training, or a real prediction, in a process that does nothing else, and what was foretold of it.</summary>
/// <param name="setting">What is measured.</param>
/// <param name="folder">For images and networks.</param>
internal sealed class PlanMeasurement(PlanSetting setting, string folder)
{
    private readonly string name = string.Join('x', setting.Extent);

    private string Data => Path.Combine(folder, $"data-{name}");

    private string Network => Path.Combine(folder, $"network-{setting.Options}-{name}.safetensors");

    private bool IsTraining => setting.Task == "train";

    /// <summary>Writes the images, and for a prediction a network that has learnt nothing.</summary>
    public void Prepare()
    {
        PlanData.Write(Data, setting.Extent);
        if (IsTraining || File.Exists(Network)) return;
        MorulaOptions options = Options();
        options = options with { Model = AnchorFit.Apply(options.Model, new ImageStore(options.Samples), DataSet.Open(Data).Pairs, 1) };
        using var model = new MaskRcnn(options.Model, 1);
        Checkpoint.Save(Network, model, OptionsFile.Write(options), new Dictionary<string, string>());
    }

    /// <summary>Measures.</summary>
    public PlanResult Run()
    {
        MorulaOptions options = Options();
        Pair first = DataSet.Open(Data).Pairs[0];
        int cells = VolumeFile.ReadLabels(first.LabelPath, rank: setting.Extent.Length).Cells().Count;
        PlanOutcome foretold = PlanRun.Foretell(options, PlanRun.Subject(options, Data, cells, onCard: false));
        MemoryPlan plan = IsTraining ? foretold.Step : foretold.Prediction;
        TorchLibrary.EnsureLoaded();
        string results = Path.Combine(folder, $"results-{Environment.ProcessId}");
        long begun = System.Diagnostics.Stopwatch.GetTimestamp();
        if (IsTraining) TrainingRun.Start(options, Data, results, resume: false, new Progress<TrainingProgress>(), CancellationToken.None);
        else Predict(first.ImagePath, Directory.CreateDirectory(results).FullName);
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalSeconds / (IsTraining ? setting.Steps : 1);
        Directory.Delete(results, recursive: true);
        return new PlanResult(plan.Peak, plan.PeakMoment, ProcessMemory.Peak, seconds);
    }

    private void Predict(string image, string results)
    {
        using var run = new PredictionRun(Network, setting.Overrides);
        run.Predict(image, results);
    }

    // A network that has learnt nothing neither proposes cells nor is sure of any: the true boxes join the candidates of a training,
    // and a prediction keeps as many detections as there are cells.
    private MorulaOptions Options()
    {
        int cells = PackedScene.Options(setting.Extent[Math.Max(0, setting.Extent.Length - 3)..]).CellCount;
        int most = MorulaOptions.Read(setting.Options, []).Model.Regions.DetectionCount;
        return MorulaOptions.Read(setting.Options,
        [
            $"Samples.Crop=[{string.Join(',', setting.Extent)}]", $"Model.Rank={setting.Extent.Length}", $"Training.Steps={setting.Steps}", "Training.ValidationImages=0",
            "Samples.ValidationShare=0", "Training.CheckpointEvery=1000", "Model.Regions.AddTruth=true",
            .. IsTraining ? [] : new[] { "Model.Regions.ScoreThreshold=0", $"Model.Regions.DetectionCount={Math.Min(most, cells)}" },
            .. setting.Overrides,
        ]);
    }
}
