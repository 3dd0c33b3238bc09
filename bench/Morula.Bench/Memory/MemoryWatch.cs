using Morula.Measuring;
using Morula.Training;

namespace Morula.Bench.Memory;

/// <summary>Takes a sample every so many steps of a training.</summary>
/// <param name="every">Steps between samples.</param>
internal sealed class MemoryWatch(int every) : IProgress<TrainingProgress>
{
    private long last;

    /// <summary>The samples so far.</summary>
    public List<MemorySample> Samples { get; } = [];

    /// <summary>Called by the trainer behind every step.</summary>
    public void Report(TrainingProgress value)
    {
        if (value.Step == last || (value.Step % every != 0 && value.Step != 1)) return;
        last = value.Step;
        MemorySample sample = MemorySample.Take(value.Step);
        Samples.Add(sample);
        Console.Error.WriteLine(
            $"step {sample.Step,6}  resident {ProcessMemory.Mebibytes(sample.Resident):0.0}  managed {ProcessMemory.Mebibytes(sample.Managed):0.0}" +
            $"  malloc in use {ProcessMemory.Mebibytes(sample.NativeInUse):0.0}  held {ProcessMemory.Mebibytes(sample.NativeHeld):0.0}" +
            $"  tensors {sample.Tensors}  {value.SecondsPerStep:0.000} s/step");
    }
}
