using Morula.Model;
using Morula.Options;
using Morula.Training;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Training;

public sealed class TrainerTests(TinyTraining tiny) : IClassFixture<TinyTraining>
{
    [Theory]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    public void No_step_leaves_a_tensor_behind(OptimizerKind kind)
    {
        var counts = new List<long>();
        MorulaOptions options = With(training => training with { Steps = 30, ValidateEvery = 10, CheckpointEvery = 4, Optimizer = kind });
        Assert.True(tiny.Train(options, tiny.NewPath(), atStep: _ => counts.Add(torch.Tensor.TotalCount)));
        Assert.Equal(30, counts.Count);
        Assert.True(counts[^1] <= counts[2], $"{counts[2]} tensors behind step 3, {counts[^1]} behind step 30.");
    }

    [Fact]
    public void A_training_leaves_no_tensor_behind()
    {
        string folder = tiny.NewPath();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        Assert.True(tiny.Train(With(training => training with { ProposalPhase = 0.5 }), folder));

        // TorchSharp 0.107 counts the tensor that a parameter took the place of for ever, though its memory is the parameter's.
        Assert.Equal(Weights(folder).Count, torch.Tensor.TotalCount - before);
    }

    [Fact]
    public void The_second_phase_changes_the_heads_alone()
    {
        string folder = tiny.NewPath();
        Dictionary<string, byte[]> first = [], middle = [];
        MorulaOptions options = With(training => training with { ProposalPhase = 0.5, CheckpointEvery = 1 });
        tiny.Train(options, folder, atStep: at =>
        {
            if (at.Step == 1) first = Weights(folder);
            if (at.Step == 5) middle = Weights(folder);
        });
        Dictionary<string, byte[]> last = Weights(folder);
        Assert.All(first.Keys, name => Assert.Equal(name.StartsWith("regions.", StringComparison.Ordinal), first[name].SequenceEqual(middle[name])));
        Assert.All(middle.Keys, name => Assert.Equal(!name.StartsWith("regions.", StringComparison.Ordinal), middle[name].SequenceEqual(last[name])));
        string[] taught = ["objectness", "proposal box"];
        Assert.All(TrainingLog.Read(folder).Where(line => line.Values.ContainsKey("loss")), line =>
            Assert.Equal(line.Step <= 4, taught.All(line.Values.ContainsKey)));
    }

    [Fact]
    public void Without_held_out_image_the_newest_network_is_the_best()
    {
        string folder = tiny.NewPath();
        MorulaOptions options = With(training => training) with { Samples = TinyTraining.Options.Samples with { ValidationShare = 0 } };
        Assert.True(tiny.Train(options, folder));
        Assert.Equal(Weights(folder), Weights(folder, "best.safetensors"));
        Assert.Equal(double.NegativeInfinity, State(folder).BestScore);
        Assert.Equal(8, TrainingLog.Read(folder).Count);
    }

    [Fact]
    public void The_last_step_is_validated_once()
    {
        string folder = tiny.NewPath();
        Assert.True(tiny.Train(With(training => training with { Steps = 6 }), folder));
        Assert.Equal([3L, 6L], TrainingLog.Read(folder).Where(line => line.Values.ContainsKey(Validator.Decisive)).Select(line => line.Step));
        Assert.Equal(6, State(folder).Validated);
    }

    [Fact]
    public void Time_ends_a_training_and_a_resumed_one_counts_what_was_spent()
    {
        string folder = tiny.NewPath();
        MorulaOptions options = With(training => training with { Steps = 1_000_000, Minutes = 0.01, ValidateEvery = 0 });
        TrainingProgress? at = null;
        Assert.True(tiny.Train(options, folder, atStep: progress => at = progress));
        Assert.Equal(at!.Step, at.ExpectedSteps);
        Assert.Equal(at.Step, State(folder).Validated);
        Assert.True(State(folder).Minutes >= 0.01);
        Assert.True(tiny.Train(options, folder, resume: true, atStep: _ => Assert.Fail("a step too many")));
    }

    [Fact]
    public void A_new_start_does_not_keep_the_best_network_of_an_older_one()
    {
        string folder = tiny.NewPath();
        Assert.True(tiny.Train(TinyTraining.Options, folder));
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        tiny.Train(TinyTraining.Options, folder, stop: cancel);
        Assert.False(File.Exists(Path.Combine(folder, "best.safetensors")));
        Assert.Equal(0, State(folder).Step);
    }

    [Fact]
    public void A_state_survives_its_checkpoint()
    {
        string path = tiny.NewPath() + ".safetensors";
        using var model = new MaskRcnn(Fitted(), 1);
        foreach (double score in new[] { double.NegativeInfinity, 0, 1.0 / 3 })
        {
            var state = new TrainingState(7, TrainedParts.Regions, 6, score, Math.PI, 3);
            Checkpoint.Save(path, model, OptionsFile.Write(TinyTraining.Options), state.ToMetadata());
            Assert.Equal(state, TrainingState.Of(Checkpoint.Load(path), path));
        }
    }

    private static ModelOptions Fitted() => TinyTraining.Options.Model with { Proposals = TinyTraining.Options.Model.Proposals with { Anchors = [[[8]], [[12]]] } };

    private static MorulaOptions With(Func<TrainingOptions, TrainingOptions> change) => TinyTraining.Options with { Training = change(TinyTraining.Options.Training) };

    private static TrainingState State(string folder)
    {
        string path = Path.Combine(folder, "last.safetensors");
        return TrainingState.Of(Checkpoint.Load(path), path);
    }

    private static Dictionary<string, byte[]> Weights(string folder, string file = "last.safetensors")
    {
        var arrays = TinyTraining.Arrays(Path.Combine(folder, file));
        arrays.Remove("optimizer.state");
        return arrays;
    }
}
