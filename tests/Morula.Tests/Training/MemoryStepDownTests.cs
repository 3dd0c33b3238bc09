using System.Runtime.InteropServices;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Tensors;
using Morula.Training;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Training;

public sealed class MemoryStepDownTests(TinyTraining tiny) : IClassFixture<TinyTraining>
{
    private const string Refusal = "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 8589934592 bytes.";

    [Fact]
    public void A_step_whose_memory_runs_out_is_taken_once_more_and_the_run_goes_on()
    {
        var said = new List<string>();
        string undisturbed = tiny.NewPath();
        Assert.True(tiny.Train(TinyTraining.Options, undisturbed));
        int attempts = 0;
        string folder = tiny.NewPath();
        Assert.True(Train(folder, said, _ => Fail(++attempts == 3)));
        Assert.Equal(TinyTraining.Options.Training.Steps + 1, attempts);
        Assert.Contains("RegionChunk = 32", Assert.Single(said, text => text.Contains("memory ran out", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(TrainingLog.Read(folder), line => line.Values.ContainsKey("memory ran out"));

        // The first notch changes nothing where there are fewer regions than its chunk: the same step was taken, not another.
        string last = new TrainingFolder(undisturbed).Last;
        Assert.Equal(TinyTraining.Arrays(last).Values, TinyTraining.Arrays(new TrainingFolder(folder).Last).Values);
        var kept = OptionsFile.Parse<MorulaOptions>(Checkpoint.Load(new TrainingFolder(folder).Last).Options, "test", []);
        Assert.Equal(32, kept.Training.Memory.RegionChunk);
    }

    [Fact]
    public void Where_no_means_are_left_the_training_ends_in_one_line()
    {
        var met = new List<MemoryOptions>();
        var refusal = Assert.Throws<OptionsException>(() => Train(tiny.NewPath(), [], memory =>
        {
            met.Add(memory);
            Fail(true);
        }));
        Assert.Equal(met.Count, met.Distinct().Count());
        Assert.True(met[^1].RecomputedPyramid);
        Assert.Contains("Samples.Crop", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Another_fault_is_not_taken_for_one_of_memory() =>
        Assert.Throws<ExternalException>(() => Train(tiny.NewPath(), [], _ => throw Fault("expected 4 dimensions")));

    [Theory]
    [InlineData(Refusal, true)]
    [InlineData("CUDA out of memory. Tried to allocate 2 GiB", true)]
    [InlineData("std::bad_alloc", true)]
    [InlineData("could not create a memory object", true)]
    [InlineData("expected 4 dimensions", false)]
    public void A_fault_of_memory_is_known_by_its_words(string message, bool expected) => Assert.Equal(expected, MemoryFault.Is(Fault(message)));

    [Fact]
    public void A_fault_of_memory_is_known_within_others() =>
        Assert.True(MemoryFault.Is(new AggregateException(new InvalidOperationException("outer", Fault(Refusal)))));

#pragma warning disable CA2201 // This is what the binding of the tensor library throws.
    private static ExternalException Fault(string message) => new(message);
#pragma warning restore CA2201

    private static void Fail(bool now)
    {
        if (now) throw Fault(Refusal);
    }

    private bool Train(string folder, List<string> said, Action<MemoryOptions> probe)
    {
        MorulaOptions options = TinyTraining.Options;
        DataSet data = DataSet.Open(tiny.Data, options.Samples, options.Training.Seed);
        var trainer = new Trainer(options, data, new TrainingFolder(folder), torch.CPU, TimeProvider.System) { StepProbe = probe };
        return trainer.Run(resume: false, new Said(said), TestContext.Current.CancellationToken);
    }

    private sealed class Said(List<string> texts) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Message is not null) texts.Add(value.Message);
        }
    }
}
