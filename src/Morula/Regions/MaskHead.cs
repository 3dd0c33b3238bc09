using Morula.Backbone;
using Morula.Layers;
using Morula.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Regions;

/// <summary>Region features [R, C, *bins] to mask logits [R, K', *mask], twice as fine along the axes of space.</summary>
internal sealed class MaskHead : Module<Tensor, Tensor>
{
    private readonly Sequential body;
    private readonly Module<Tensor, Tensor>? spread;
    private readonly Parameter? spreadBias;
    private readonly Module<Tensor, Tensor> logits;
    private readonly int[] factor;

    public MaskHead(int rank, int inputs, int classes, BackboneOptions backbone, RegionOptions options)
        : base(nameof(MaskHead))
    {
        int width = options.MaskWidth;
        int[] one = AxisSteps.Kernel(rank, 1, 1);
        int[] three = AxisSteps.Kernel(rank, 3, backbone.TimeKernel);
        factor = AxisSteps.Expand([2], rank, "mask");
        var units = new List<Module<Tensor, Tensor>>();
        for (int depth = 0; depth < options.MaskDepth; depth++)
            units.Add(new ConvUnit(depth == 0 ? inputs : width, width, three, one, options.Normalisation));
        body = Sequential([.. units]);
        int coarse = options.MaskDepth == 0 ? inputs : width;
        int masks = options.ClassAgnostic ? 1 : classes + 1;
        int blocks = factor.Aggregate(1, (product, step) => product * step);
        if (options.MaskUpsampling == MaskUpsampling.Features)
        {
            // A transposed convolution whose kernel equals its stride is a pointwise one whose channels move into space.
            spread = Conv.Create(coarse, width * blocks, one, one, bias: false);
            spreadBias = new Parameter(zeros(width));
            Initialise.Rectified(spread);
            logits = Conv.Create(width, masks, one, one);
        }
        else
        {
            logits = Conv.Create(coarse, masks * blocks, one, one);
        }

        Initialise.Small(logits, 0.05);
        RegisterComponents();
        // Weights outlive the scope that a network is made in.
        spreadBias?.DetachFromDisposeScope();
    }

    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        Tensor coarse = body.call(MemoryOrder.ForConvolutions(features));
        if (spread is null) return Resize.Unfold(logits.call(coarse), factor).MoveToOuterDisposeScope();
        var shape = new long[features.dim()];
        Array.Fill(shape, 1);
        shape[1] = -1;
        Tensor fine = Resize.Unfold(spread.call(coarse), factor).add_(spreadBias!.view(shape), Scalars.One).relu_();
        return logits.call(fine).MoveToOuterDisposeScope();
    }
}
