using Morula.Layers;
using Morula.Proposals;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Morula.Training;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Training;

public sealed class MovieTrainingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int threadsBefore = torch.get_num_threads();

    [Fact]
    public void A_network_learns_from_clips_and_is_judged_on_held_out_frames()
    {
        SyntheticDataSet.WriteMovie(folder["movie"], new EmbryoMovieOptions { Embryo = TinyTraining.Embryo with { Extent = [16, 16, 16] }, Frames = 8, DivisionRate = 0.2 }, 3, cancellation: TestContext.Current.CancellationToken);
        MorulaOptions options = TinyTraining.Options;
        options = options with
        {
            Samples = options.Samples with { Crop = [3, 16, 16, 16], Validation = ["t005..t007"] },
            Model = options.Model with { Rank = 4, Proposals = options.Model.Proposals with { AnchorFrames = [1, 3] } },
            Training = options.Training with { Steps = 3, ValidateEvery = 3 },
        };
        Dictionary<string, double> last = Train(options, "run");
        Assert.All(new[] { "objectness", "mask", "events", "SEG" }, name => Assert.True(double.IsFinite(last[name]), name));

        // A second network starts where the first ended, with its anchors.
        MorulaOptions heir = options with { Training = options.Training with { From = new TrainingFolder(folder["run"]).Last, Steps = 2 } };
        Assert.True(double.IsFinite(Train(heir, "heir")["loss"]));
    }

    [Fact]
    public void A_network_of_the_references_kind_learns_too()
    {
        SyntheticDataSet.WriteEmbryos(folder["embryos"], TinyTraining.Embryo, 3, 5, cancellation: TestContext.Current.CancellationToken);
        MorulaOptions options = TinyTraining.Options;
        options = options with
        {
            Model = options.Model with
            {
                Backbone = options.Model.Backbone with { Normalisation = Normalisation.Affine, PyramidNormalisation = Normalisation.None },
                Proposals = options.Model.Proposals with { Normalisation = Normalisation.None, Assignment = AnchorAssignment.FixedOverlap },
                Regions = options.Model.Regions with { Normalisation = Normalisation.None, ClassAgnostic = false, MaskNegatives = true, AddTruth = false },
            },
            Training = options.Training with { Steps = 3, ValidateEvery = 3, Optimizer = OptimizerKind.Sgd, MeanSquarePenalty = 1e-4, Memory = options.Training.Memory with { Staged = false } },
        };
        Assert.True(double.IsFinite(Train(options, "plain", "embryos")["loss"]));
    }

    public void Dispose()
    {
        torch.set_num_threads(threadsBefore);
        folder.Dispose();
    }

    // The newest value of everything that the log names.
    private Dictionary<string, double> Train(MorulaOptions options, string run, string data = "movie")
    {
        DataSet set = DataSet.Open(folder[data], options.Samples, options.Training.Seed);
        var trainer = new Trainer(options, set, new TrainingFolder(folder[run]), torch.CPU, TimeProvider.System);
        Assert.True(trainer.Run(resume: false, new Silence(), TestContext.Current.CancellationToken));
        var newest = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (LogLine line in TrainingLog.Read(folder[run]))
        {
            foreach (var (name, value) in line.Values) newest[name] = value;
        }

        return newest;
    }

    private sealed class Silence : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
        }
    }
}
