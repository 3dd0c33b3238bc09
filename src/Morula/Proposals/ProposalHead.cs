using Morula.Backbone;
using Morula.Layers;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Proposals;

/// <summary>One level's feature map to logits [N, anchors, 2] and deltas [N, anchors, 2D]; shared by all levels.</summary>
internal sealed class ProposalHead : Module<Tensor, (Tensor Logits, Tensor Deltas)>
{
    private readonly ConvUnit shared;
    private readonly Module<Tensor, Tensor> logits;
    private readonly Module<Tensor, Tensor> deltas;
    private readonly int rank;

    public ProposalHead(int rank, int inputs, int anchors, BackboneOptions backbone, ProposalOptions options)
        : base(nameof(ProposalHead))
    {
        this.rank = rank;
        int[] one = AxisSteps.Kernel(rank, 1, 1);
        shared = new ConvUnit(inputs, options.Width, AxisSteps.Kernel(rank, 3, backbone.TimeKernel), one, options.Normalisation);
        logits = Conv.Create(options.Width, anchors * 2, one, one);
        deltas = Conv.Create(options.Width, anchors * 2 * rank, one, one);
        Initialise.Small(logits, 0.01);
        Initialise.Small(deltas, 0.01);
        RegisterComponents();
    }

    public override (Tensor Logits, Tensor Deltas) forward(Tensor map)
    {
        using var scope = NewDisposeScope();
        Tensor hidden = shared.call(map);
        Tensor score = PerAnchor(logits.call(hidden), 2);
        Tensor shift = PerAnchor(deltas.call(hidden), 2 * rank);
        return (score.MoveToOuterDisposeScope(), shift.MoveToOuterDisposeScope());
    }

    /// <summary>[N, A*K, *S] to [N, S*A, K]: location-major, anchor fastest, as the anchor grid counts.</summary>
    private static Tensor PerAnchor(Tensor output, int width)
    {
        long batch = output.shape[0];
        Tensor flat = output.reshape(batch, -1, width, output.shape[2..].Aggregate(1L, (product, size) => product * size));   // [N, A, K, V]
        return flat.permute(0, 3, 1, 2).reshape(batch, -1, width);                                                            // [N, V*A, K]
    }
}
