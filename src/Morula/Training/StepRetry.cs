using Morula.Layers;
using Morula.Measuring;
using Morula.Model;
using Morula.Options;
using Morula.Planning;
using Morula.Tensors;

namespace Morula.Training;

/// <summary>Takes a step once more, with the same samples and the same chance, by means that need less, where memory runs out.</summary>
/// <param name="options">Of the run.</param>
/// <param name="images">Images of a step that are this process's own.</param>
internal sealed class StepRetry(MorulaOptions options, int images)
{
    /// <summary>One step; see <see cref="Stepper.Step(Batch, IReadOnlyList{Random}, double)"/>.</summary>
    /// <param name="stepper">Its means step down where an allocation fails, and stay there.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="chances">Makes the sources of chance of the images anew for every attempt.</param>
    /// <param name="learningRate">Of the step.</param>
    /// <param name="say">Told what was changed, in words.</param>
    /// <exception cref="OptionsException">No means are left.</exception>
    public IReadOnlyDictionary<string, double>? Take(Stepper stepper, Batch batch, Func<IReadOnlyList<Random>> chances, double learningRate, Action<string> say)
    {
        while (true)
        {
            try
            {
                return stepper.Step(batch, chances(), learningRate);
            }
            catch (Exception fault) when (MemoryFault.Is(fault) && !stepper.IsUpdating)
            {
                RoiAlign.AbandonBackward();
                NativeHeap.GiveBackEarly();
                ProcessMemory.Collect();
                say(StepDown(stepper, fault));
            }
        }
    }

    private string StepDown(Stepper stepper, Exception fault)
    {
        if (MemoryLadder.StepDown(stepper.Memory, options.Model, images) is not { } next)
        {
            throw new OptionsException(
                "training", $"memory ran out though all of Training.Memory is in use; lower Samples.Crop (now {string.Join(" x ", options.Samples.Crop)}), Training.BatchSize or Model.Regions.SampleCount.",
                fault);
        }

        stepper.Memory = next.Memory;
        return next.Change;
    }
}
