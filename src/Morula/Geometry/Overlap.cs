using Morula.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Geometry;

/// <summary>Overlap (intersection over union) of boxes, by tensor operations on their device.</summary>
public static class Overlap
{
    // Keeps 0 / 0 from becoming NaN, here and in the gradient.
    private const float SmallestUnion = 1e-12f;

    /// <summary>Overlap [N, M] of every box of one set with every box of another; 0 where both are empty.</summary>
    /// <exception cref="ArgumentException">The sets differ in rank.</exception>
    public static Tensor Matrix(Boxes a, Boxes b)
    {
        if (a.Rank != b.Rank) throw new ArgumentException($"Boxes of rank {a.Rank} do not overlap boxes of rank {b.Rank}.", nameof(b));
        using var scope = NewDisposeScope();
        Tensor shared = Shared(a, b);                                                    // [N, M]
        Tensor union = a.Volumes().unsqueeze(1).Plus(b.Volumes().unsqueeze(0)).Minus(shared);   // [N, M]
        using Scalar smallest = SmallestUnion;
        return shared.div(union.clamp(min: smallest)).MoveToOuterDisposeScope();
    }

    // One axis at a time: [N, M, D] would need D times the memory.
    private static Tensor Shared(Boxes a, Boxes b)
    {
        using var scope = NewDisposeScope();
        using Scalar none = 0;
        Tensor shared = ones([a.Count, b.Count], device: a.Values.device);               // [N, M]
        for (int axis = 0; axis < a.Rank; axis++)
        {
            using var inner = NewDisposeScope();
            Tensor lower = maximum(a.Lower.select(1, axis).unsqueeze(1), b.Lower.select(1, axis).unsqueeze(0));
            Tensor upper = minimum(a.Upper.select(1, axis).unsqueeze(1), b.Upper.select(1, axis).unsqueeze(0));
            Tensor narrowed = inner.MoveToOuter(shared * upper.Minus(lower).clamp(min: none));
            shared.Dispose();
            shared = narrowed;
        }

        return shared.MoveToOuterDisposeScope();
    }
}
