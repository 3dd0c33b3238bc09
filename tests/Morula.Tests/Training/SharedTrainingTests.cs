using System.Runtime.InteropServices;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Sharing;
using Morula.Tests.Sharing;
using Morula.Training;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Training;

/// <summary>A training of several processes against the same one of one process. Here the processes are threads that take turns; see MpiTests for real ones.</summary>
public sealed class SharedTrainingTests(TinyTraining tiny) : IClassFixture<TinyTraining>
{
    private const double LossTolerance = 1e-5;

    [Theory]
    [InlineData(2, 2, 0, 0)]
    [InlineData(2, 4, 0, 0)]
    [InlineData(3, 3, 0, 0)]
    [InlineData(2, 2, 0.5, 0)]
    [InlineData(2, 4, 0, 1)]
    [InlineData(2, 4, 0.5, 2)]
    public void Losses_and_weights_are_those_of_one_process(int processes, int batchSize, double proposalPhase, int imageChunk)
    {
        MorulaOptions options = Options(batchSize, proposalPhase, imageChunk);
        string alone = tiny.NewPath();
        Assert.True(tiny.Train(options, alone));
        string together = tiny.NewPath();
        Assert.All(Train(options, together, processes), Assert.True);
        RequireClose(alone, together);
    }

    [Fact]
    public void Only_the_first_process_writes()
    {
        string[] folders = [tiny.NewPath(), tiny.NewPath()];
        new TurnTakers(2).Run(group => Trainer(Options(2), folders[group.Index], group).Run(resume: false, new Progress<TrainingProgress>(), TestContext.Current.CancellationToken));
        Assert.True(File.Exists(new TrainingFolder(folders[0]).Best));
        Assert.False(Directory.Exists(folders[1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Where_memory_runs_out_in_one_process_all_take_the_step_once_more(int failing)
    {
        MorulaOptions options = Options(2);
        string undisturbed = tiny.NewPath();
        Train(options, undisturbed, 2);
        string folder = tiny.NewPath();
        var chunks = new List<int>[] { [], [] };
        Assert.All(
            new TurnTakers(2).Run(group => Trainer(options, folder, group, memory =>
            {
                chunks[group.Index].Add(memory.RegionChunk);
                if (group.Index == failing && chunks[group.Index].Count == 3) throw Fault();
            }).Run(resume: false, new Progress<TrainingProgress>(), TestContext.Current.CancellationToken)),
            Assert.True);
        Assert.Equal(options.Training.Steps + 1, chunks[0].Count);
        Assert.Equal([0, 0, 0, 32, 32, 32, 32, 32, 32], chunks[0]);
        Assert.Equal(chunks[0], chunks[1]);
        Assert.Equal(TinyTraining.Arrays(new TrainingFolder(undisturbed).Last).Values, TinyTraining.Arrays(new TrainingFolder(folder).Last).Values);
    }

    [Fact]
    public void A_fault_of_memory_in_the_middle_of_a_step_is_survived_too()
    {
        MorulaOptions options = Options(2);
        bool[] answers = new TurnTakers(2).Run(group =>
        {
            using var model = new MaskRcnn(Fitted(options), 1);
            var share = new StepShare(new Failing(group, at: group.Index == 1 ? 2 : 0), model, TrainedParts.All);
            bool failed = false;
            try
            {
                share.Take(new MemoryOptions(), () =>
                {
                    share.Sum([1, 1]);
                    share.Complete(model.TaughtInOrder(TrainedParts.All).Take(3));
                    share.Sum([1, 1, 1, 1]);
                    return new Dictionary<string, double>(StringComparer.Ordinal) { ["mask"] = 1 };
                }, Morula.Tensors.MemoryFault.Is);
            }
            catch (Exception fault) when (Morula.Tensors.MemoryFault.Is(fault))
            {
                failed = true;
            }

            return failed;
        });
        Assert.Equal([true, true], answers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void One_that_is_asked_to_stop_stops_all_and_they_go_on_together(int asked)
    {
        MorulaOptions options = Options(2);
        string whole = tiny.NewPath();
        Train(options, whole, 2);
        string folder = tiny.NewPath();
        using var stop = new CancellationTokenSource();
        int steps = 0;
        bool[] complete = new TurnTakers(2).Run(group => Trainer(options, folder, group, _ =>
        {
            if (group.Index == asked && ++steps == 4) stop.Cancel();
        }).Run(resume: false, new Progress<TrainingProgress>(), group.Index == asked ? stop.Token : TestContext.Current.CancellationToken));
        Assert.Equal([false, false], complete);
        Assert.Equal(4, TrainingLog.Read(folder)[^1].Step);
        Assert.All(Train(options, folder, 2, resume: true), Assert.True);
        Assert.Equal(TinyTraining.Arrays(new TrainingFolder(whole).Last).Values, TinyTraining.Arrays(new TrainingFolder(folder).Last).Values);
    }

    [Fact]
    public void A_batch_that_cannot_be_shared_out_is_refused_before_anything_is_written()
    {
        string folder = tiny.NewPath();
        Assert.Throws<OptionsException>(() => Train(Options(3), folder, 2));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Gradients_are_sent_before_the_backward_pass_is_over()
    {
        int[] early = new TurnTakers(2).Run(group =>
        {
            using var model = new MaskRcnn(Fitted(TinyTraining.Options), 1);
            var sums = new GradientSums(group, model.TaughtInOrder(TrainedParts.All), bucketLength: 100);
            sums.Begin();
            sums.Complete(model.TaughtInOrder(TrainedParts.All).Take(4));
            int sent = sums.SentCount;
            sums.Finish();
            return sent;
        });
        Assert.All(early, sent => Assert.InRange(sent, 1, 4));
    }

#pragma warning disable CA2201 // This is what the binding of the tensor library throws.
    private static ExternalException Fault() => new("[enforce fail] DefaultCPUAllocator: can't allocate memory");
#pragma warning restore CA2201

    private static MorulaOptions Options(int batchSize, double proposalPhase = 0, int imageChunk = 0) => TinyTraining.Options with
    {
        Training = TinyTraining.Options.Training with { BatchSize = batchSize, ProposalPhase = proposalPhase, Memory = new MemoryOptions { ImageChunk = imageChunk } },
    };

    private static ModelOptions Fitted(MorulaOptions options) =>
        options.Model with { Proposals = options.Model.Proposals with { Anchors = [[[4]], [[8]]] } };

    private Trainer Trainer(MorulaOptions options, string folder, IProcessGroup group, Action<MemoryOptions>? probe = null)
    {
        DataSet data = DataSet.Open(tiny.Data, options.Samples, options.Training.Seed);
        return new Trainer(options, data, new TrainingFolder(folder), torch.CPU, TimeProvider.System, group) { StepProbe = probe };
    }

    private bool[] Train(MorulaOptions options, string folder, int processes, bool resume = false) => new TurnTakers(processes).Run(group =>
        Trainer(options, folder, group).Run(resume, new Progress<TrainingProgress>(), TestContext.Current.CancellationToken));

    private static void RequireClose(string alone, string together)
    {
        LogLine[] expected = [.. TrainingLog.Read(alone)], found = [.. TrainingLog.Read(together)];
        Assert.Equal(expected.Select(line => line.Step), found.Select(line => line.Step));
        foreach (var (one, other) in expected.Zip(found))
        {
            Assert.Equal(one.Values.Keys, other.Values.Keys);
            foreach (var (name, value) in one.Values.Where(entry => entry.Key != TrainingLoop.Waiting)) Assert.True(Math.Abs(value - other.Values[name]) <= LossTolerance * Math.Max(1, value), $"step {one.Step}, {name}: {value} and {other.Values[name]}");
        }

        var weights = TinyTraining.Arrays(new TrainingFolder(alone).Last);
        var others = TinyTraining.Arrays(new TrainingFolder(together).Last);
        foreach (var (name, bytes) in weights.Where(entry => entry.Key.Contains('.', StringComparison.Ordinal)))
        {
            foreach (var (one, other) in MemoryMarshal.Cast<byte, float>(bytes).ToArray().Zip(MemoryMarshal.Cast<byte, float>(others[name]).ToArray()))
                Assert.Equal(one, other, 1e-4f);
        }
    }

    // Runs out of memory at the sum of a number, from 1.
    private sealed class Failing(IProcessGroup group, int at) : IProcessGroup
    {
        private int sums;

        public int Index => group.Index;

        public int Count => group.Count;

        public IPendingSum StartSum(float[] values) => group.StartSum(values);

        public void Sum(double[] values)
        {
            if (++sums == at) throw Fault();
            group.Sum(values);
        }

        public byte[] Broadcast(byte[] ofFirst) => group.Broadcast(ofFirst);

        public void Abort(int exitCode) => group.Abort(exitCode);

        public void Dispose() => group.Dispose();
    }
}
