using Morula.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>
/// Convolutions whose channels fill whole blocks of sixteen, those that are missing being zeros. oneDNN 3.7, with which libtorch 2.10 convolves on the processor, works in
/// such blocks; on some processors (AMD's Zen 5) it leaves the rest of a block as it finds it, and what memory happens to hold gets into the result: into the gradient of the
/// input where output channels do not fill their last block, or strided ones of more than sixteen input channels an even number of blocks; into the result itself where
/// more than sixteen input channels do not fill theirs.
/// </summary>
internal static class WholeBlocks
{
    private const int Block = 16;

    /// <summary>Whether a convolution of these weights [K, C, *taps] must be run that way.</summary>
    public static bool AreNeeded(Tensor input, Tensor weight, ReadOnlySpan<long> stride) =>
        input.device_type == DeviceType.CPU && weight.numel() > weight.shape[0] * weight.shape[1] && (MissingOutputs(input, weight) > 0 || MissingInputs(input, weight, stride) > 0);

    /// <summary>Convolves [N, C, *S], of one, two or three axes, with zeros outside; in whole blocks where they are needed.</summary>
    public static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding)
    {
        using var scope = NewDisposeScope();
        if (!AreNeeded(input, weight, stride)) return Whole(input, weight, bias, stride, padding).MoveToOuterDisposeScope();
        long outputs = MissingOutputs(input, weight), inputs = MissingInputs(input, weight, stride);
        long[] unchanged = [.. Enumerable.Repeat(0L, 2 * stride.Length)];                // Pairs of numbers from the last axis on.
        Tensor wide = functional.pad(weight, [.. unchanged, 0, inputs, 0, outputs]);
        Tensor given = inputs == 0 ? input : functional.pad(input, [.. unchanged, 0, inputs]);
        Tensor? wideBias = bias is null || outputs == 0 ? bias : functional.pad(bias, [0, outputs]);
        Tensor found = Whole(given, wide, wideBias, stride, padding);
        return (outputs == 0 ? found : found.narrow(1, 0, weight.shape[0])).MoveToOuterDisposeScope();
    }

    private static long MissingOutputs(Tensor input, Tensor weight) =>
        IsTaught(input) ? Missing(weight.shape[0], Block) : 0;

    private static long MissingInputs(Tensor input, Tensor weight, ReadOnlySpan<long> stride)
    {
        bool isStrided = stride.ContainsAnyExcept(1L);
        return weight.shape[1] > Block ? Missing(weight.shape[1], isStrided && IsTaught(input) ? 2 * Block : Block) : 0;
    }

    private static bool IsTaught(Tensor input) => is_grad_enabled() && input.requires_grad;

    private static long Missing(long channels, long block) => (block - (channels % block)) % block;

    private static Tensor Whole(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding) => stride.Length switch
    {
        1 => functional.conv1d(input, weight, bias, stride[0], padding[0]),
        2 => functional.conv2d(input, weight, bias, stride, padding),
        _ => functional.conv3d(input, weight, bias, stride, padding),
    };
}
