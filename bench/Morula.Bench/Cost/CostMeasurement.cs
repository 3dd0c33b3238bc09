using Morula.Inference;
using Morula.Measuring;
using Morula.Model;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Tensors;
using Morula.Training;
using static TorchSharp.torch;

namespace Morula.Bench.Cost;

/// <summary>Measures one setting in this process, which must do nothing else: peaks of memory cannot be told apart.</summary>
internal static class CostMeasurement
{
    /// <summary>Predicts one image, then trains for some steps on one.</summary>
    public static CostResult Run(CostSetting setting)
    {
        long baseBytes = LoadTorch(setting.Threads);
        MorulaOptions options = MorulaOptions.Read(setting.Options, setting.Overrides);
        EmbryoScene scene = PackedScene.Create(setting.Extent, setting.Seed);
        SampleOptions plain = options.Samples.Plain() with { Crop = setting.Extent, Spacing = null };
        var (store, pair) = PackedScene.Open(scene, plain);
        ModelOptions fitted = AnchorFit.Apply(options.Model with { Rank = setting.Extent.Length }, store, [pair], setting.Seed);
        Sample sample = new SampleSource(store, [pair], plain, setting.Seed).Get(0);
        EmbryoScene shown = setting.Predicted.SequenceEqual(setting.Extent) ? scene : PackedScene.Create(setting.Predicted, setting.Seed);
        using var model = new MaskRcnn(AsIfTrained(fitted, shown.Labels.Cells().Count), setting.Seed);
        // Prediction comes first: afterwards there would be gradients about.
        var predictor = new Predictor(model, options.Samples with { Spacing = null }, options.Inference, CPU);
        var (predictionOperations, predictionSeconds, predictionPeak) = Measure(model, setting.Steps, _ => predictor.Predict(shown.Image));
        var (trainingOperations, stepSeconds, trainingPeak) = Train(model, options.Training, sample, setting);
        return new CostResult(
            NameOf(setting), setting.Extent, setting.Predicted, sample.Cells.Count, model.ParameterCount, trainingOperations, predictionOperations,
            baseBytes, trainingPeak, predictionPeak, stepSeconds, predictionSeconds);
    }

    /// <summary>
    /// Fresh weights neither propose cells nor are sure of them, which would spare the heads most of their work. The true boxes are
    /// therefore added to the candidates of training, and as many detections as there are cells are kept, up to the options' own limit.
    /// </summary>
    public static ModelOptions AsIfTrained(ModelOptions options, int cells) => options with
    {
        Regions = options.Regions with { AddTruth = true, ScoreThreshold = 0, DetectionCount = Math.Min(options.Regions.DetectionCount, cells) },
    };

    /// <summary>Loads the tensor library; the memory of the process with nothing done.</summary>
    public static long LoadTorch(int threads)
    {
        TorchLibrary.EnsureLoaded();
        set_num_threads(threads);
        using (NewDisposeScope()) rand(64, 64).mm(rand(64, 64)).sum().item<float>();
        ProcessMemory.Collect();
        return ProcessMemory.Resident;
    }

    private static (double Operations, double Seconds, long Peak) Train(MaskRcnn model, TrainingOptions options, Sample sample, CostSetting setting)
    {
        using var stepper = new Stepper(model, options, TrainedParts.All);
        return Measure(model, setting.Steps, step =>
        {
            using Batch batch = Batch.From([sample], CPU);
            if (stepper.Step(batch, new Random(setting.Seed + step), LearningRate.At(options, step, 0)) is null)
                throw new InvalidOperationException($"Step {step} of {setting.Options} had losses that are not finite.");
        });
    }

    private static (double Operations, double Seconds, long Peak) Measure(MaskRcnn model, int repeats, Action<int> work)
    {
        ProcessMemory.Collect();
        ProcessMemory.ResetPeak();
        double operations;
        using (var counter = new OperationCounter(model))
        {
            work(0);
            operations = counter.Operations;
        }

        return (operations, Repeats.Median(repeats, repeat => work(repeat + 1)), ProcessMemory.Peak);
    }

    private static string NameOf(CostSetting setting) =>
        string.Join(' ', [Path.GetFileNameWithoutExtension(setting.Options), .. setting.Overrides]);
}
