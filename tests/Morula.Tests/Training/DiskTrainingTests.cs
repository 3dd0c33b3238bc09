using Morula.Planning;
using Morula.Runs;
using Morula.Samples;
using Morula.Training;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Training;

public sealed class DiskTrainingTests : IDisposable
{
    private readonly TinyTraining tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void A_training_from_disk_takes_the_steps_of_one_from_memory()
    {
        string[] runs = [tiny.NewPath(), tiny.NewPath(), tiny.NewPath()];
        MorulaOptions options = TinyTraining.Options with { Training = TinyTraining.Options.Training with { PrefetchThreads = 3 } };
        options = options with { Samples = options.Samples with { Crop = [12] } };
        tiny.Train(options, runs[0]);
        Assert.False(File.Exists(Path.Combine(tiny.Data, ".morula-index")));
        MorulaOptions fromDisk = options with { Samples = options.Samples with { CacheMegabytes = 0 } };
        tiny.Train(fromDisk, runs[1]);
        Assert.True(File.Exists(Path.Combine(tiny.Data, ".morula-index")));

        // Stopped behind step 3 and resumed, with the index that is there.
        using var stop = new CancellationTokenSource();
        Assert.False(tiny.Train(fromDisk, runs[2], atStep: progress => StopAt(progress, stop), stop: stop));
        Assert.True(tiny.Train(fromDisk, runs[2], resume: true));
        foreach (string run in runs[1..])
        {
            Assert.Equal(Losses(runs[0]), Losses(run));
            Assert.Equal(Weights(runs[0]), Weights(run));
        }

        static void StopAt(TrainingProgress progress, CancellationTokenSource stop)
        {
            if (progress.Step == 3) stop.Cancel();
        }
    }

    [Fact]
    public void The_log_tells_how_long_each_step_waited()
    {
        string run = tiny.NewPath();
        tiny.Train(TinyTraining.Options, run);
        LogLine[] steps = [.. TrainingLog.Read(run).Where(line => line.Values.ContainsKey("loss"))];
        Assert.Equal(8, steps.Length);
        Assert.All(steps, step => Assert.InRange(step.Values[TrainingLoop.Waiting], 0, 1));
        var waiting = new WaitingTime();
        waiting.Add(1, 10);
        waiting.Add(0, 10);
        Assert.Equal("waiting for data: 5.0 % of the 20.0 s of 2 steps", waiting.ToString());
    }

    [Fact]
    public void A_plan_knows_that_nothing_is_loaded_whole()
    {
        MorulaOptions options = TinyTraining.Options with { Samples = TinyTraining.Options.Samples with { Crop = [12] } };
        MorulaOptions fromDisk = options with { Samples = options.Samples with { CacheMegabytes = 0 } };
        PlanSubject subject = PlanRun.Subject(options, tiny.Data, 5, onCard: false);
        TrainingLoad whole = PlanRun.Training(options, subject);
        TrainingLoad blocks = PlanRun.Training(fromDisk, subject);
        Assert.Equal(3 * 24 * 24 * 24 * 8, whole.CacheBytes);
        Assert.Equal(0, blocks.CacheBytes);
        Assert.Equal(blocks.BlockBytes, blocks.ReadingBytes);
        Assert.Equal(whole.BlockBytes, blocks.BlockBytes);
        Assert.Null(PlanRun.Training(options with { Samples = options.Samples with { Reading = ReadingKind.Whole } }, subject).BlockBytes);
        long one = MemoryPlanner.Training(blocks).Peak;
        long three = MemoryPlanner.Training(blocks with { SampleThreads = 3 }).Peak;
        Assert.Equal((2 * blocks.ReadingBytes) + (2 * 12 * 12 * 12 * 16), three - one);
        foreach (int threads in (int[])[1, 3])
        {
            TrainingLoad load = blocks with { SampleThreads = threads };
            Assert.NotNull(BudgetFit.Training(load, MemoryPlanner.Training(load).Peak, allowPrecision: false, out _));
        }
    }

    [Fact]
    public void The_memory_of_a_crop_does_not_grow_with_its_image()
    {
        var options = new SampleOptions { Crop = [64, 64, 64] };
        long[] bytes = [.. new[] { 256, 512, 2048 }.Select(side => new PairHeader(Pair, Extent.Cube(3, side), Extent.Cube(3, side), false).CropBytes(options))];
        Assert.Equal(bytes[0], bytes[1]);
        Assert.Equal(bytes[0], bytes[2]);
        Assert.InRange(bytes[0], 64L * 64 * 64 * 24, 64L * 64 * 64 * 24 * 8);
    }

    private static Pair Pair => new("a", "a.tif", "b.tif", null, Split.Training);

    private static IEnumerable<string> Losses(string run) => TrainingLog.Read(run).Select(line =>
        $"{line.Step} {string.Join(' ', line.Values.Where(entry => entry.Key != TrainingLoop.Waiting).Select(entry => $"{entry.Key}={entry.Value:R}"))}");

    // Options, which differ, are metadata and no array.
    private static Dictionary<string, byte[]> Weights(string run) => TinyTraining.Arrays(new TrainingFolder(run).Last);
}
