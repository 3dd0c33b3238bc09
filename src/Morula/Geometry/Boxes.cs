using Morula.Tensors;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Geometry;

/// <summary>Axis-parallel boxes of any rank D, half-open, in voxels.</summary>
/// <param name="Values">float32 [N, 2D]: D lowers, then D uppers, axes in memory order.</param>
public readonly record struct Boxes(Tensor Values)
{
    /// <summary>Number of axes, D.</summary>
    public int Rank => (int)(Values.shape[^1] / 2);

    /// <summary>Number of boxes, N.</summary>
    public long Count => Values.shape[0];

    /// <summary>Lower corners [N, D]; a view.</summary>
    public Tensor Lower => Values.narrow(-1, 0, Rank);

    /// <summary>Upper corners [N, D]; a view.</summary>
    public Tensor Upper => Values.narrow(-1, Rank, Rank);

    /// <summary>Centres [N, D].</summary>
    public Tensor Centre
    {
        get
        {
            using var scope = NewDisposeScope();
            using Scalar middle = 0.5f;
            return Lower.Plus(Upper).mul(middle).MoveToOuterDisposeScope();                  // [N, D]
        }
    }

    /// <summary>Sizes [N, D]; negative where a box is inverted.</summary>
    public Tensor Size
    {
        get
        {
            using var scope = NewDisposeScope();
            return Upper.Minus(Lower).MoveToOuterDisposeScope();                            // [N, D]
        }
    }

    /// <summary>Volumes [N] in voxels; 0 for an inverted box.</summary>
    public Tensor Volumes()
    {
        using var scope = NewDisposeScope();
        using Scalar none = 0;
        return Upper.Minus(Lower).clamp(min: none).prod(-1).MoveToOuterDisposeScope();      // [N]
    }

    /// <summary>The boxes with every corner moved into an extent; a box outside ends with volume 0.</summary>
    /// <exception cref="ArgumentException">The extent has another rank.</exception>
    public Boxes ClipTo(Extent extent)
    {
        if (extent.Rank != Rank) throw new ArgumentException($"The extent has rank {extent.Rank} but the boxes have rank {Rank}.", nameof(extent));
        using var scope = NewDisposeScope();
        float[] limits = [.. extent.Sizes, .. extent.Sizes];
        Tensor most = tensor(limits, device: Values.device);                             // [2D]
        using Scalar none = 0;
        return new Boxes(minimum(Values, most).clamp(min: none).MoveToOuterDisposeScope());
    }

    /// <summary>All numbers on the host, N x 2D: one copy from the device.</summary>
    public float[] ToArray()
    {
        if (Count == 0) return [];
        using var scope = NewDisposeScope();
        return Values.detach().cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>Boxes from corners, both [N, D].</summary>
    public static Boxes From(Tensor lower, Tensor upper) => new(cat([lower, upper], -1));

    /// <summary>Boxes from host numbers, N x 2D.</summary>
    /// <param name="values">D lowers then D uppers of every box, in voxels.</param>
    /// <param name="rank">Number of axes, D.</param>
    /// <param name="device">Where the tensor lives; the CPU when absent.</param>
    /// <exception cref="ArgumentException">The numbers do not divide into boxes.</exception>
    public static Boxes From(float[] values, int rank, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        if (values.Length % (2 * rank) != 0)
            throw new ArgumentException($"{values.Length} numbers do not divide into boxes of {2 * rank} numbers.", nameof(values));
        return new Boxes(tensor(values, [values.Length / (2 * rank), 2 * rank], device: device));
    }
}
