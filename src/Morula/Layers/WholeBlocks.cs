using Morula.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>
/// Convolutions whose output channels fill whole blocks of sixteen, those that are missing being zeros which nobody reads. oneDNN 3.7, with which libtorch 2.10 convolves on the
/// processor, computes the gradient of the input in such blocks and, where a block is not full, multiplies zeros by memory that nobody wrote: where that happens to hold
/// no numbers, so does the gradient.
/// </summary>
internal static class WholeBlocks
{
    private const int Block = 16;

    /// <summary>Whether a convolution of these weights [K, C, *taps] must be run that way: the gradient of its input is wanted, and its last block is not full.</summary>
    public static bool AreNeeded(Tensor input, Tensor weight) =>
        is_grad_enabled() && input.requires_grad && input.device_type == DeviceType.CPU && weight.shape[0] % Block != 0 && weight.numel() > weight.shape[0] * weight.shape[1];

    /// <summary>Convolves [N, C, *S], of one, two or three axes, with zeros outside; in whole blocks where they are needed.</summary>
    public static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding)
    {
        using var scope = NewDisposeScope();
        long outputs = weight.shape[0];
        if (!AreNeeded(input, weight)) return Whole(input, weight, bias, stride, padding).MoveToOuterDisposeScope();
        long missing = Block - (outputs % Block);
        Tensor wide = functional.pad(weight, [.. Enumerable.Repeat(0L, (2 * (int)weight.dim()) - 1), missing]);
        Tensor? wideBias = bias is null ? null : functional.pad(bias, [0, missing]);
        return Whole(input, wide, wideBias, stride, padding).narrow(1, 0, outputs).MoveToOuterDisposeScope();
    }

    private static Tensor Whole(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding) => stride.Length switch
    {
        1 => functional.conv1d(input, weight, bias, stride[0], padding[0]),
        2 => functional.conv2d(input, weight, bias, stride, padding),
        _ => functional.conv3d(input, weight, bias, stride, padding),
    };
}
