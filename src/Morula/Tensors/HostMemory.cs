using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Morula.Tensors;

/// <summary>Where the numbers of a tensor lie.</summary>
internal static unsafe class HostMemory
{
    /// <summary>The first number of a contiguous float32 tensor on the host; stays while the tensor does.</summary>
    public static float* Of(Tensor tensor)
    {
        // A span of the first number only: a span of all could not be longer than 2 GiB.
        using Tensor flat = tensor.view(-1);
        using Tensor first = flat.narrow(0, 0, 1);
        return (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
