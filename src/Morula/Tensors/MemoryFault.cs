using System.Runtime.InteropServices;

namespace Morula.Tensors;

/// <summary>Tells an allocation that failed from other faults.</summary>
internal static class MemoryFault
{
    // Of libtorch's allocators, of oneDNN and of C++.
    private static readonly string[] Words = ["can't allocate memory", "not enough memory", "out of memory", "bad_alloc", "could not create a memory", "failed to allocate"];

    /// <summary>Whether a fault, or what caused it, is one of memory.</summary>
    public static bool Is(Exception fault) => fault switch
    {
        OutOfMemoryException => true,
        AggregateException many when many.InnerExceptions.Any(Is) => true,
        ExternalException when Words.Any(words => fault.Message.Contains(words, StringComparison.OrdinalIgnoreCase)) => true,
        _ => fault.InnerException is { } cause && Is(cause),
    };
}
