using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>
/// A convolution by whatever is fastest: minimal filtering (<see cref="Winograd"/>) where that applies; for one small map, which libtorch sends down a slow path
/// (at most 20,480 slices x rows x columns, its rule use_mkldnn), two overlapping halves of it as a batch of two, at the price of a few slices computed twice. All but
/// the first by way of <see cref="WholeBlocks"/>, where libtorch by itself would be wrong.
/// </summary>
/// <param name="kernel">Taps per axis.</param>
/// <param name="stride">Stride per axis.</param>
/// <param name="padded">Whether the map is padded by half the kernel.</param>
internal sealed class FastConv(int[] kernel, int[] stride, bool padded)
{
    private const long LargestSlowMap = 20_480;
    private const int LeastSlices = 4;

    // From 4 taps in a plane on, libtorch takes the fast path by itself; the reference pads nothing where the kernel is even.
    private readonly bool halvesApply = padded && kernel.Length == 3 && kernel[0] == 3 && kernel[1] <= 3 && kernel[2] <= 3;

    private readonly long[] steps = [.. stride.Select(step => (long)step)];
    private readonly long[] padding = [.. kernel.Select(size => padded ? size / 2 : 0L)];

    /// <summary>What the convolution gives, [N, K, *S'].</summary>
    public Tensor Convolve(Module<Tensor, Tensor> convolution, Tensor input)
    {
        if (Winograd.Applies(convolution, input)) return Winograd.Convolve((Conv3d)convolution, input);
        if (halvesApply && convolution is Conv3d cubic && IsSlow(input)) return ByHalves(cubic, input);
        return convolution switch
        {
            Conv3d three when WholeBlocks.AreNeeded(input, three.weight!, steps) => WholeBlocks.Convolve(input, three.weight!, three.bias, steps, padding),
            Conv2d two when WholeBlocks.AreNeeded(input, two.weight!, steps) => WholeBlocks.Convolve(input, two.weight!, two.bias, steps, padding),
            _ => convolution.call(input),
        };
    }

    private static bool IsSlow(Tensor input)
    {
        long[] size = input.shape;
        return size[0] == 1 && size[2] >= LeastSlices && size[1] * size[2] * size[3] <= LargestSlowMap
            && input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32;
    }

    private Tensor ByHalves(Conv3d convolution, Tensor input)
    {
        using var scope = NewDisposeScope();
        long outputs = ((input.shape[2] - 1) / stride[0]) + 1;
        long half = (outputs + 1) / 2;
        long seen = ((half - 1) * stride[0]) + kernel[0];
        Tensor wide = functional.pad(input, [0, 0, 0, 0, 1, 1 + stride[0]]);
        Tensor halves = cat([wide.narrow(2, 0, seen), wide.narrow(2, (outputs - half) * stride[0], seen)]);        // [2, C, z, Y, X]
        Tensor both = WholeBlocks.Convolve(halves, convolution.weight!, convolution.bias, steps, [0, kernel[1] / 2, kernel[2] / 2]);
        long again = (2 * half) - outputs;
        return cat([both.narrow(0, 0, 1), both.narrow(0, 1, 1).narrow(2, again, half - again)], 2).MoveToOuterDisposeScope();
    }
}
