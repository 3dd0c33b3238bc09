using Morula.Measuring;
using static TorchSharp.torch;

namespace Morula.Bench.Memory;

/// <summary>Memory of the process at one step, in bytes.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Resident">In RAM.</param>
/// <param name="Anonymous">In RAM with no file behind it.</param>
/// <param name="Peak">Largest resident so far.</param>
/// <param name="Managed">Committed by the managed heap.</param>
/// <param name="NativeInUse">Handed out by malloc.</param>
/// <param name="NativeHeld">Held free by malloc.</param>
/// <param name="Tensors">Tensors that the managed side knows of.</param>
internal sealed record MemorySample(
    long Step, long Resident, long Anonymous, long Peak, long Managed, long NativeInUse, long NativeHeld, long Tensors)
{
    /// <summary>Takes one now.</summary>
    public static MemorySample Take(long step)
    {
        var (inUse, held) = ProcessMemory.Native();
        return new MemorySample(
            step, ProcessMemory.Resident, ProcessMemory.Anonymous, ProcessMemory.Peak, GC.GetGCMemoryInfo().TotalCommittedBytes, inUse, held, Tensor.TotalCount);
    }
}
