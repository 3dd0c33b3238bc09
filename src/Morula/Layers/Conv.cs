using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>Convolution at any rank. This is the only place where the rank chooses a code path.</summary>
public static class Conv
{
    /// <summary>Makes a convolution on [N, C, *S].</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Taps per axis, slowest axis first; its length is the rank (2, 3 or 4).</param>
    /// <param name="stride">Stride per axis.</param>
    /// <param name="padded">Pads by half the kernel ("same" at stride 1) rather than not at all ("valid").</param>
    /// <param name="bias">Whether a bias per output channel is learnt.</param>
    /// <exception cref="ArgumentException">The rank is not 2, 3 or 4, the lists differ in length, or a padded kernel is even.</exception>
    public static Module<Tensor, Tensor> Create(int inputs, int outputs, int[] kernel, int[] stride, bool padded = true, bool bias = true)
    {
        if (kernel.Length != stride.Length) throw new ArgumentException("Kernel and stride must have one entry per axis each.", nameof(stride));
        // Half of an even kernel is too much padding: maps would outgrow size / stride.
        if (padded && kernel.Any(size => size % 2 == 0)) throw new ArgumentException($"A padded kernel must be odd along every axis, not {string.Join(" x ", kernel)}.", nameof(kernel));
        long[] taps = [.. kernel.Select(size => (long)size)];
        long[] steps = [.. stride.Select(step => (long)step)];
        long[] padding = [.. kernel.Select(size => padded ? size / 2 : 0L)];
        return kernel.Length switch
        {
            2 => Conv2d(inputs, outputs, (taps[0], taps[1]), (steps[0], steps[1]), (padding[0], padding[1]), bias: bias),
            3 => Conv3d(inputs, outputs, (taps[0], taps[1], taps[2]), (steps[0], steps[1], steps[2]), (padding[0], padding[1], padding[2]), bias: bias),
            4 => new SpaceTimeConv(inputs, outputs, kernel, stride, padded, bias),
            int rank => throw new ArgumentException($"Rank {rank} has no convolution; 2, 3 and 4 have.", nameof(kernel)),
        };
    }
}
