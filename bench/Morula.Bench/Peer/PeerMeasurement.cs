using Morula.Bench.Cost;
using Morula.Measuring;
using Morula.Model;
using Morula.Training;
using static TorchSharp.torch;

namespace Morula.Bench.Peer;

/// <summary>Our side: dumps the network and its batch, then measures steps, in this process, which must do nothing else.</summary>
internal static class PeerMeasurement
{
    /// <summary>Dumps and measures.</summary>
    public static PeerResult Run(PeerSetting setting)
    {
        long baseBytes = CostMeasurement.LoadTorch(setting.Threads);
        StepScene scene = StepScene.Create(setting.Options, setting.Overrides, setting.Extent, setting.Batch, setting.Seed);
        using var model = new MaskRcnn(scene.Options.Model, setting.Seed);
        TrainingOptions training = scene.Options.Training;
        double[] rates = [.. Enumerable.Range(0, setting.Steps + 1).Select(step => LearningRate.At(training, step, 0))];
        IReadOnlyDictionary<string, double> losses = new PeerDumper(model, scene, setting).Write(rates);
        using var stepper = new Stepper(model, training, TrainedParts.All);
        ProcessMemory.Collect();
        ProcessMemory.ResetPeak();
        Step(0);
        var (seconds, processor) = Repeats.Both(setting.Steps, repeat => Step(repeat + 1));
        return new PeerResult(seconds, processor, baseBytes, ProcessMemory.Peak, losses);

        void Step(int step)
        {
            using Batch batch = Batch.From(scene.Samples, CPU);
            if (stepper.Step(batch, new Random(setting.Seed + step), rates[step]) is null)
                throw new InvalidOperationException($"Step {step} of {setting.Options} had losses that are not finite.");
        }
    }
}
