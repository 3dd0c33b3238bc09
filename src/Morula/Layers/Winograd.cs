using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Morula.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>
/// Convolutions of 3 x 3 x 3 taps by minimal filtering, F(2 x 2 x 2, 3 x 3 x 3) (Winograd 1980; Lavin and Gray 2016, section 4): 64 multiplications for
/// eight voxels rather than 216. For what no gradient is asked of, on a processor with AVX2 and FMA. The result does not depend on the number of threads.
/// </summary>
internal static unsafe class Winograd
{
    // Of fewer channels transforms, or bringing a map into the order of channels and back, take what products save.
    private const int LeastInputs = 32;
    private const int LeastInputsApart = 64;

    /// <summary>Whether a convolution of a map can be done so: 3 x 3 x 3 taps at every voxel of a padded map, of channels that fill registers.</summary>
    public static bool Applies(Module<Tensor, Tensor> convolution, Tensor map) =>
        convolution is Conv3d { kernel_size: [3, 3, 3], stride: [1, 1, 1], padding: [1, 1, 1] } cubic && !is_grad_enabled() && Fma.IsSupported
        && cubic.in_channels >= (map.is_contiguous() ? LeastInputsApart : LeastInputs) && cubic.in_channels % Vector256<float>.Count == 0 && cubic.out_channels % WinogradBlock.Columns == 0
        && map.device_type == DeviceType.CPU && map.dtype == ScalarType.Float32 && map.numel() > 0;

    /// <summary>What the convolution gives: [N, C, Z, Y, X] to [N, K, Z, Y, X], in the memory order of the map.</summary>
    public static Tensor Convolve(Conv3d convolution, Tensor map)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        bool isPacked = map.is_contiguous() && map.shape[1] > 1;
        Tensor rows = map.permute(0, 2, 3, 4, 1).contiguous();                             // [N, Z, Y, X, C]
        var shape = new WinogradShape(rows.shape, (int)convolution.out_channels);
        Tensor found = empty([.. rows.shape[..4], convolution.out_channels]);
        Tensor weight = convolution.weight!.detach().contiguous();
        float* taps = (float*)NativeMemory.AlignedAlloc((nuint)(WinogradShape.Products * shape.Inputs * shape.Outputs * sizeof(float)), 64);
        try
        {
            WinogradTaps.Transform(HostMemory.Of(weight), shape, taps);
            float* source = HostMemory.Of(rows), target = HostMemory.Of(found);
            Parallel.For(0, shape.Blocks, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, () => new WinogradBlock(shape), (block, _, room) =>
            {
                room.Convolve(block, source, taps, target);
                return room;
            }, room => room.Dispose());
        }
        finally
        {
            NativeMemory.AlignedFree(taps);
        }

        Tensor result = found.permute(0, 4, 1, 2, 3);
        if (convolution.bias is { } bias) result.add_(bias.view(1, -1, 1, 1, 1), Scalars.One);
        return (isPacked ? result.contiguous() : result).MoveToOuterDisposeScope();
    }
}
