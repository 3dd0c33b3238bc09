using Morula.Model;
using Morula.Options;
using Morula.Training;
using Xunit;

namespace Morula.Tests.Training;

public sealed class ResumeTests(TinyTraining tiny) : IClassFixture<TinyTraining>
{
    public static TheoryData<OptimizerKind, double, int> Cases
    {
        get
        {
            var cases = new TheoryData<OptimizerKind, double, int>();
            foreach (OptimizerKind kind in Enum.GetValues<OptimizerKind>())
            {
                // Stopped in the first phase, where the phases meet, and in the second one.
                foreach (int stop in new[] { 3, 4, 6 })
                {
                    cases.Add(kind, 0, stop);
                    cases.Add(kind, 0.5, stop);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_stopped_training_goes_on_to_the_same_losses_and_weights(OptimizerKind kind, double proposalPhase, int stop)
    {
        MorulaOptions options = Options(kind, proposalPhase);
        string whole = tiny.NewPath();
        string parts = tiny.NewPath();
        Assert.True(tiny.Train(options, whole));
        using var cancel = new CancellationTokenSource();
        Assert.False(tiny.Train(options, parts, atStep: at => Cancel(at, stop, cancel), stop: cancel));
        Assert.Equal(stop, TrainingLog.Read(parts)[^1].Step);
        Assert.True(tiny.Train(options, parts, resume: true));
        RequireSame(whole, parts);
    }

    [Theory]
    [InlineData(OptimizerKind.AdamW, 0)]
    [InlineData(OptimizerKind.AdamW, 0.5)]
    [InlineData(OptimizerKind.Sgd, 0.5)]
    public void A_killed_training_goes_on_from_its_last_checkpoint_to_the_same_losses_and_weights(OptimizerKind kind, double proposalPhase)
    {
        MorulaOptions options = Options(kind, proposalPhase);
        string whole = tiny.NewPath();
        foreach (int killed in new[] { 1, 5, 7 })
        {
            // What a kill right behind a step leaves: the log up to it, the checkpoint of some step before.
            string left = tiny.NewPath();
            string run = tiny.NewPath();
            Assert.True(tiny.Train(options with { Training = options.Training with { CheckpointEvery = 3 } }, run, atStep: at =>
            {
                if (at.Step == killed) Copy(run, left);
            }));
            Assert.True(tiny.Train(options, left, resume: true));
            if (!Directory.Exists(whole)) Assert.True(tiny.Train(options, whole));
            RequireSame(whole, left);
        }
    }

    [Fact]
    public void Every_later_step_has_the_same_weights()
    {
        MorulaOptions options = Options(OptimizerKind.AdamW, 0.5);
        options = options with { Training = options.Training with { CheckpointEvery = 1 } };
        string whole = tiny.NewPath();
        string parts = tiny.NewPath();
        var expected = new Dictionary<long, Dictionary<string, byte[]>>();
        var found = new Dictionary<long, Dictionary<string, byte[]>>();
        tiny.Train(options, whole, atStep: at => Keep(expected, whole, at));
        using var cancel = new CancellationTokenSource();
        tiny.Train(options, parts, atStep: at => Cancel(at, 3, cancel), stop: cancel);
        tiny.Train(options, parts, resume: true, atStep: at => Keep(found, parts, at));
        Assert.Equal([3, 4, 5, 6, 7], found.Keys.Order());
        foreach (var (step, arrays) in found) Assert.Equal(expected[step], arrays);
    }

    [Fact]
    public void A_stop_before_the_first_step_can_be_resumed()
    {
        string whole = tiny.NewPath();
        string parts = tiny.NewPath();
        Assert.True(tiny.Train(TinyTraining.Options, whole));
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.False(tiny.Train(TinyTraining.Options, parts, stop: cancel));
        Assert.True(tiny.Train(TinyTraining.Options, parts, resume: true));
        RequireSame(whole, parts);
    }

    [Fact]
    public void A_validation_that_was_stopped_is_made_up_for()
    {
        string whole = tiny.NewPath();
        string parts = tiny.NewPath();
        Assert.True(tiny.Train(TinyTraining.Options, whole));
        using var cancel = new CancellationTokenSource();
        Assert.False(tiny.Train(TinyTraining.Options, parts, atStep: at => Cancel(at, 3, cancel), stop: cancel));
        Assert.DoesNotContain(TrainingLog.Read(parts), line => line.Values.ContainsKey(Validator.Decisive));
        Assert.True(tiny.Train(TinyTraining.Options, parts, resume: true));
        RequireSame(whole, parts);
    }

    [Fact]
    public void A_complete_training_may_be_made_longer_and_nothing_else()
    {
        string folder = tiny.NewPath();
        Assert.True(tiny.Train(TinyTraining.Options, folder));
        long steps = 0;
        Assert.True(tiny.Train(TinyTraining.Options, folder, resume: true, atStep: _ => steps++));
        Assert.Equal(0, steps);
        MorulaOptions longer = TinyTraining.Options with { Training = TinyTraining.Options.Training with { Steps = 10 } };
        Assert.True(tiny.Train(longer, folder, resume: true, atStep: _ => steps++));
        Assert.Equal(2, steps);
        Assert.Equal(10, OptionsFile.Parse<MorulaOptions>(Checkpoint.Load(Path.Combine(folder, "last.safetensors")).Options, "", []).Training.Steps);
        MorulaOptions other = longer with { Training = longer.Training with { LearningRate = 0.5 } };
        var refusal = Assert.Throws<OptionsException>(() => tiny.Train(other, folder, resume: true));
        Assert.Contains("Training.LearningRate is 0.5", refusal.Message);
    }

    private static MorulaOptions Options(OptimizerKind kind, double proposalPhase) => TinyTraining.Options with
    {
        Training = TinyTraining.Options.Training with { Optimizer = kind, ProposalPhase = proposalPhase, MeanSquarePenalty = kind == OptimizerKind.Sgd ? 1e-4 : 0 },
    };

    private static void Cancel(TrainingProgress at, int step, CancellationTokenSource source)
    {
        if (at.Step == step) source.Cancel();
    }

    // At the time a step is reported, the checkpoint is that of the step before.
    private static void Keep(Dictionary<long, Dictionary<string, byte[]>> kept, string folder, TrainingProgress at) =>
        kept[at.Step - 1] = TinyTraining.Arrays(Path.Combine(folder, "last.safetensors"));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using FileStream target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(target);
        }
    }

    private static void RequireSame(string whole, string parts)
    {
        Assert.Equal(TrainingLog.Read(whole).Select(Text), TrainingLog.Read(parts).Select(Text));
        foreach (string name in new[] { "last.safetensors", "best.safetensors" })
            Assert.Equal(TinyTraining.Arrays(Path.Combine(whole, name)), TinyTraining.Arrays(Path.Combine(parts, name)));

        static string Text(LogLine line) => $"{line.Step} {string.Join(' ', line.Values.Where(entry => entry.Key != TrainingLoop.Waiting).Select(entry => $"{entry.Key}={entry.Value:R}"))}";
    }
}
