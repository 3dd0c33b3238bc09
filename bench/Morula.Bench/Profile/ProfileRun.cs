using Morula.Bench.Cost;
using Morula.Measuring;
using Morula.Model;
using Morula.Samples;
using Morula.Training;
using static TorchSharp.torch;

namespace Morula.Bench.Profile;

/// <summary>Takes steps part by part.</summary>
/// <param name="scene">Batch and options.</param>
/// <param name="steps">Measured steps, behind one to warm up.</param>
/// <param name="seed">Of network and chance.</param>
internal sealed class ProfileRun(StepScene scene, int steps, int seed)
{
    private readonly TrainingOptions training = scene.Options.Training with { Memory = new MemoryOptions() };

    /// <summary>Median cost of every part, in order.</summary>
    public IReadOnlyList<PartCost> Parts()
    {
        using var model = new MaskRcnn(scene.Options.Model, seed);
        var network = new ProfiledNetwork(model);
        using var step = new ProfiledStep(network, training);
        Dictionary<string, double> operations = Count(network, () => Take(step, 0));
        var timelines = new List<Timeline>();
        for (int repeat = 1; repeat <= steps; repeat++) timelines.Add(Take(step, repeat));
        return [.. timelines[0].Seconds.Keys.Select(key => key.Part).Distinct().Select(part => new PartCost(
            part, Median(timelines, part, isBackward: false), Median(timelines, part, isBackward: true), operations.GetValueOrDefault(part)))];
    }

    /// <summary>Median seconds of the step as training takes it.</summary>
    public double Whole()
    {
        using var model = new MaskRcnn(scene.Options.Model, seed);
        using var stepper = new Stepper(model, training, TrainedParts.All);
        Step(0);
        return Repeats.Median(steps, repeat => Step(repeat + 1));

        void Step(int step)
        {
            using Batch batch = Batch.From(scene.Samples, CPU);
            _ = stepper.Step(batch, new Random(seed + step), LearningRate.At(training, step, 0));
        }
    }

    /// <summary>Difference between the summed losses of a step by hand and by the network's own staging, relative: 0 but for rounding.</summary>
    public double Difference()
    {
        using var model = new MaskRcnn(scene.Options.Model, seed);
        using Batch batch = Batch.From(scene.Samples, CPU);
        double expected = model.Teach(batch, new Random(seed), TrainedParts.All, training.Memory)["loss"];
        using var step = new ProfiledStep(new ProfiledNetwork(model), training);
        return Math.Abs(step.Take(scene.Samples, new Random(seed), 0).Loss - expected) / expected;
    }

    private Timeline Take(ProfiledStep step, int number) =>
        step.Take(scene.Samples, new Random(seed + number), LearningRate.At(training, number, 0)).Timeline;

    private static Dictionary<string, double> Count(ProfiledNetwork network, Action run)
    {
        var counters = network.Modules.Select(entry => (entry.Part, Counter: new OperationCounter(entry.Module))).ToArray();
        run();
        foreach (var (_, counter) in counters) counter.Dispose();
        return counters.GroupBy(entry => entry.Part).ToDictionary(group => group.Key, group => group.Sum(entry => entry.Counter.Operations));
    }

    private static double Median(List<Timeline> timelines, string part, bool isBackward)
    {
        double[] sorted = [.. timelines.Select(timeline => timeline.Seconds.GetValueOrDefault((part, isBackward))).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
