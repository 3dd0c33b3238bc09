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
        // Convolutions of few channels go a third faster so; backward passes do not, nor do those over time, which reorder their input.
        if (!is_grad_enabled() && features.dim() < 6) features = MemoryOrder.ChannelsLast(features);
        Tensor coarse = body.call(features);
        if (spread is not null && !is_grad_enabled() && features.dim() < 6) return Logits(coarse).MoveToOuterDisposeScope();
        if (spread is null) return Resize.Unfold(logits.call(coarse), factor).MoveToOuterDisposeScope();
        var shape = new long[features.dim()];
        Array.Fill(shape, 1);
        shape[1] = -1;
        Tensor fine = Resize.Unfold(spread.call(coarse), factor).add_(spreadBias!.view(shape), Scalars.One).relu_();
        return logits.call(fine).MoveToOuterDisposeScope();
    }
    /// <summary>
    /// As <see cref="forward"/> does it from the coarse map on, where no gradient is asked for: a logit is a number of one voxel alone, so the features of the fine voxels
    /// stay where they are and logits are moved into space.
    /// </summary>
    private Tensor Logits(Tensor coarse)
    {
        using var scope = NewDisposeScope();
        int rank = factor.Length, blocks = factor.Aggregate(1, (product, step) => product * step);
        Parameter last = logits.get_parameter("weight")!, lastBias = logits.get_parameter("bias")!;
        int width = (int)last.shape[1], masks = (int)last.shape[0];
        // The channels of a fine voxel side by side.
        Tensor weight = spread!.get_parameter("weight")!.view(width, blocks, -1).transpose(0, 1).reshape(blocks * width, -1);
        Tensor rows = coarse.permute([0, .. Enumerable.Range(2, rank).Select(axis => (long)axis), 1]).reshape(-1, coarse.shape[1]);   // [N * S, C]
        Tensor fine = functional.linear(rows, weight, spreadBias!.repeat(blocks)).relu_();
        Tensor found = functional.linear(fine.view(-1, width), last.view(masks, width), lastBias);   // [N * S * blocks, K']
        long[] size = coarse.shape[2..];
        var order = new List<long> { 0, 1 + (2 * rank) };
        for (int axis = 0; axis < rank; axis++) order.AddRange([1 + axis, 1 + rank + axis]);
        return found.view([coarse.shape[0], .. size, .. factor.Select(step => (long)step), masks])
            .permute([.. order]).reshape([coarse.shape[0], masks, .. size.Select((length, axis) => length * factor[axis])]).MoveToOuterDisposeScope();   // [N, K', *(S * factor)]
    }
}
