using Morula.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>A learnt scale and shift per channel of [N, C, *S].</summary>
internal sealed class ChannelAffine : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    public ChannelAffine(int channels)
        : base(nameof(ChannelAffine))
    {
        weight = new Parameter(ones(channels));
        bias = new Parameter(zeros(channels));
        RegisterComponents();
        // Weights outlive the scope that a network is made in.
        weight.DetachFromDisposeScope();
        bias.DetachFromDisposeScope();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        shape[1] = -1;
        return (input * weight.view(shape).to(input.dtype)).add_(bias.view(shape).to(input.dtype), Scalars.One).MoveToOuterDisposeScope();
    }
}
