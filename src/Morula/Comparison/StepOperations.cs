using Morula.Measuring;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using static TorchSharp.torch;

namespace Morula.Comparison;

/// <summary>Floating-point operations of the forward pass of a training step, which a backward pass of about twice as many follows.</summary>
internal static class StepOperations
{
    private const int Steps = 3;

    /// <summary>Mean over the first few samples of a training, seen by the trained network.</summary>
    public static double Measure(string checkpointPath, DataSet data)
    {
        Checkpoint checkpoint = Checkpoint.Load(checkpointPath);
        MorulaOptions options = OptionsFile.Parse<MorulaOptions>(checkpoint.Options, checkpointPath, []);
        using var scope = NewDisposeScope();
        using var model = new MaskRcnn(options.Model, options.Training.Seed);
        checkpoint.ApplyTo(model);
        var source = new SampleSource(new ImageStore(options.Samples), data.Examples(Split.Training, options.Model.Rank, options.Samples.Crop[0]), options.Samples, options.Training.Seed);
        using var guard = no_grad();
        using var counter = new OperationCounter(model);
        int batch = options.Training.BatchSize;
        for (int step = 0; step < Steps; step++)
        {
            using var inner = NewDisposeScope();
            using Batch samples = Batch.From([.. Enumerable.Range(step * batch, batch).Select(index => source.Get(index))], CPU);
            model.ComputeLosses(samples, new Random(options.Training.Seed + step));
        }

        return counter.Operations / Steps;
    }
}
