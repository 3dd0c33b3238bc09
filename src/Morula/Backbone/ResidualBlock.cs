using Morula.Layers;
using Morula.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Backbone;

/// <summary>A residual block (He et al. 2016), with a projection on the shortcut where size or width changes.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly Sequential body;
    private readonly ConvUnit? shortcut;

    public ResidualBlock(int inputs, int outputs, int[] stride, BackboneOptions options, bool projected)
        : base(nameof(ResidualBlock))
    {
        int rank = stride.Length;
        Normalisation kind = options.Normalisation;
        int[] one = AxisSteps.Kernel(rank, 1, 1);
        int[] three = AxisSteps.Kernel(rank, 3, options.TimeKernel);
        int inner = outputs / 4;
        body = options.Block == BlockKind.Bottleneck
            ? Sequential(
                new ConvUnit(inputs, inner, one, stride, kind),
                new ConvUnit(inner, inner, three, one, kind),
                new ConvUnit(inner, outputs, one, one, kind, rectified: false))
            : Sequential(
                new ConvUnit(inputs, outputs, three, stride, kind),
                new ConvUnit(outputs, outputs, three, one, kind, rectified: false));
        if (projected) shortcut = new ConvUnit(inputs, outputs, one, stride, kind, rectified: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor changed = body.call(input);
        Tensor kept = shortcut is null ? input : shortcut.call(input);
        return changed.add_(kept, Scalars.One).relu_().MoveToOuterDisposeScope();
    }
}
