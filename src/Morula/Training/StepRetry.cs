using Morula.Layers;
using Morula.Measuring;
using Morula.Model;
using Morula.Options;
using Morula.Planning;
using Morula.Tensors;

namespace Morula.Training;

/// <summary>Takes a step once more, with the same samples and the same chance, by means that need less, where memory runs out.</summary>
/// <param name="options">Of the run.</param>
internal sealed class StepRetry(MorulaOptions options)
{
    /// <summary>One step; see <see cref="Stepper.Step"/>.</summary>
    /// <param name="stepper">Its means step down where an allocation fails, and stay there.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="random">Makes the source of chance anew for every attempt.</param>
    /// <param name="learningRate">Of the step.</param>
    /// <param name="say">Told what was changed, in words.</param>
    /// <exception cref="OptionsException">No means are left.</exception>
    public IReadOnlyDictionary<string, double>? Take(Stepper stepper, Batch batch, Func<Random> random, double learningRate, Action<string> say)
    {
        while (true)
        {
            try
            {
                return stepper.Step(batch, random(), learningRate);
            }
            catch (Exception fault) when (MemoryFault.Is(fault) && !stepper.IsUpdating)
            {
                RoiAlign.AbandonBackward();
                ProcessMemory.Collect();
                say(StepDown(stepper, fault));
            }
        }
    }

    private string StepDown(Stepper stepper, Exception fault)
    {
        if (MemoryLadder.StepDown(stepper.Memory, options.Model, options.Training.BatchSize) is not { } next)
        {
            throw new OptionsException(
                "training", $"memory ran out though all of Training.Memory is in use; lower Samples.Crop (now {string.Join(" x ", options.Samples.Crop)}), Training.BatchSize or Model.Regions.SampleCount.",
                fault);
        }

        stepper.Memory = next.Memory;
        return next.Change;
    }
}
