using static TorchSharp.torch;

namespace Morula.Tensors;

/// <summary>Sums of tensors whose factor of 1 stays alive; the operators of the tensor library, which make one in passing, are banned (see <see cref="Scalars"/>).</summary>
internal static class Sums
{
    /// <summary>one + other.</summary>
    public static Tensor Plus(this Tensor one, Tensor other) => one.add(other, Scalars.One);

    /// <summary>one - other.</summary>
    public static Tensor Minus(this Tensor one, Tensor other) => one.add(other, Scalars.MinusOne);
}
