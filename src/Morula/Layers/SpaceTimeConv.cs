using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>
/// Convolution over [N, C, T, Z, Y, X] in two factors: space with the frames folded into the batch, then time with the voxels
/// folded into the batch (the (2+1)D factorisation of Tran et al. 2018, one dimension up: 27 + 3 taps instead of 81).
/// Time starts as the identity, so that one frame gives what the spatial convolution alone gives.
/// </summary>
internal sealed class SpaceTimeConv : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> space;
    private readonly FastConv fastConv;
    private readonly Conv1d? time;
    private readonly long timeStep;
    private readonly long timePadding;

    public SpaceTimeConv(int inputs, int outputs, int[] kernel, int[] stride, bool padded, bool bias)
        : base(nameof(SpaceTimeConv))
    {
        space = Conv.Create(inputs, outputs, kernel[1..], stride[1..], padded, bias);
        fastConv = new FastConv(kernel[1..], stride[1..], padded);
        if (kernel[0] > 1 || stride[0] > 1)
        {
            time = Conv1d(outputs, outputs, kernel[0], stride[0], padded ? kernel[0] / 2 : 0, bias: false);
            (timeStep, timePadding) = (stride[0], padded ? kernel[0] / 2 : 0);
            BecomeIdentity(time.weight!, kernel[0] / 2);
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        long[] size = input.shape;                                                       // [N, C, T, Z, Y, X]
        (long batch, long frames) = (size[0], size[2]);
        Tensor slices = input.transpose(1, 2).flatten(0, 1);                             // [N*T, C, Z, Y, X]
        Tensor mixed = fastConv.Convolve(space, slices);                                               // [N*T, K, z, y, x]
        long[] inner = mixed.shape[2..];
        long width = mixed.shape[1];
        if (time is not null)
        {
            Tensor series = mixed.reshape(batch, frames, width, -1).permute(0, 3, 2, 1); // [N, V, K, T]
            long voxels = series.shape[1];
            Tensor filtered = WholeBlocks.Convolve(series.flatten(0, 1), time.weight!, null, [timeStep], [timePadding]);   // [N*V, K, t]
            frames = filtered.shape[2];
            mixed = filtered.reshape(batch, voxels, width, frames).permute(0, 2, 3, 1);  // [N, K, t, V]
            return mixed.reshape([batch, width, frames, .. inner]).MoveToOuterDisposeScope();
        }

        return mixed.reshape([batch, frames, width, .. inner]).transpose(1, 2).contiguous().MoveToOuterDisposeScope();
    }

    private static void BecomeIdentity(Tensor weight, long centre)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        weight.zero_();                                                                  // [K, K, taps]
        weight.select(2, centre).copy_(eye(weight.shape[0], weight.shape[1]));
    }
}
