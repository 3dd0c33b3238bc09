using TorchSharp;

namespace Morula.Tensors;

/// <summary>
/// Numbers that sums of tensors are handed. Left out, the tensor library makes one for the call, which the garbage collector may take away while libtorch still reads it ("Expected false to
/// be true" in Scalar.h, once in some ten thousand steps): sums of every step name one that stays.
/// </summary>
internal static class Scalars
{
    /// <summary>1.</summary>
    public static Scalar One { get; } = 1;

    /// <summary>-1.</summary>
    public static Scalar MinusOne { get; } = -1;
}
