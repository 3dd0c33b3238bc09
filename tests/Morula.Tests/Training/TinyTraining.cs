using Morula.Backbone;
using Morula.Model;
using Morula.Proposals;
using Morula.Regions;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Morula.Training;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Training;

/// <summary>Four embryos of 24 voxels a side and a network that learns from them in milliseconds, on one thread.</summary>
public sealed class TinyTraining : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly int threadsBefore = torch.get_num_threads();
    private int runs;

    public TinyTraining()
    {
        torch.set_num_threads(1);
        Data = temporary["data"];
        SyntheticDataSet.WriteEmbryos(Data, Embryo, 4, seed: 5);
    }

    public static EmbryoOptions Embryo => EmbryoOptions.Easy with { Extent = [24, 24, 24], CellCount = 5 };

    public static MorulaOptions Options => new()
    {
        Samples = new SampleOptions { Crop = [16], ValidationShare = 0.25 },
        Model = new ModelOptions
        {
            Backbone = new BackboneOptions
            {
                StemWidth = 4,
                Stages = [new StageOptions { Width = 4, Stride = [1] }, new StageOptions { Width = 8, Stride = [2] }],
                PyramidWidth = 4,
            },
            Proposals = new ProposalOptions { Width = 4, SampleCount = 16, CandidateCount = 60, ProposalCount = 20 },
            Regions = new RegionOptions { BoxBins = 3, BoxWidth = 8, MaskBins = 4, MaskWidth = 4, MaskDepth = 1, SampleCount = 8, MaskSampleCount = 4 },
        },
        Training = new TrainingOptions { Steps = 8, ValidateEvery = 3, ValidationImages = 1, CheckpointEvery = 2, WarmupSteps = 2, Threads = 1 },
    };

    public string Data { get; }

    public string NewPath() => temporary[$"run{runs++}"];

    /// <summary>Trains in a folder; <paramref name="atStep"/> is told each step behind which the log stands.</summary>
    public bool Train(MorulaOptions options, string folder, bool resume = false, Action<TrainingProgress>? atStep = null, CancellationTokenSource? stop = null)
    {
        DataSet data = DataSet.Open(Data, options.Samples, options.Training.Seed);
        var trainer = new Trainer(options, data, new TrainingFolder(folder), torch.CPU, TimeProvider.System);
        return trainer.Run(resume, new Listener(atStep), stop?.Token ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Every array of a checkpoint, the optimiser's state included.</summary>
    public static Dictionary<string, byte[]> Arrays(string path) =>
        SafeTensors.Read(path).Arrays.ToDictionary(entry => entry.Key, entry => entry.Value.Bytes(), StringComparer.Ordinal);

    public void Dispose()
    {
        torch.set_num_threads(threadsBefore);
        temporary.Dispose();
    }

    private sealed class Listener(Action<TrainingProgress>? told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Message is null) told?.Invoke(value);
        }
    }
}
