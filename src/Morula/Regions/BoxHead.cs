using Morula.Backbone;
using Morula.Layers;
using Morula.Volumes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Regions;

/// <summary>
/// Region features [R, C, *bins] to class logits [R, K + 1] and box deltas [R, K' * 2D]; of movies also to logits [R, 2] of what befalls
/// the cell (see CellEvents): born of a mother, divides. Null without time.
/// </summary>
internal sealed class BoxHead : Module<Tensor, (Tensor Logits, Tensor Deltas, Tensor? Events)>
{
    /// <summary>Kinds of events: born, divides.</summary>
    public const int EventKinds = 2;

    private readonly Sequential? mixed;
    private readonly Linear first;
    private readonly Linear second;
    private readonly Linear logits;
    private readonly Linear deltas;
    private readonly Linear? events;

    public BoxHead(int rank, int inputs, long bins, int classes, BackboneOptions backbone, RegionOptions options)
        : base(nameof(BoxHead))
    {
        int width = options.BoxWidth;
        if (options.BoxHead == BoxHeadKind.Pooled)
        {
            int[] one = AxisSteps.Kernel(rank, 1, 1);
            int[] three = AxisSteps.Kernel(rank, 3, backbone.TimeKernel);
            mixed = Sequential(
                new ConvUnit(inputs, width, three, one, options.Normalisation),
                new ConvUnit(width, width, three, one, options.Normalisation));
        }

        // A valid convolution as wide as the region is one matrix product over all its bins.
        first = Linear(mixed is null ? inputs * bins : width, width);
        second = Linear(width, width);
        logits = Linear(width, classes + 1);
        deltas = Linear(width, (options.ClassAgnostic ? 1 : classes + 1) * 2 * rank);
        Initialise.Rectified(first);
        Initialise.Rectified(second);
        Initialise.Small(logits, 0.01);
        Initialise.Small(deltas, 0.001);
        if (rank > SpatialAxes.Count(rank))
        {
            events = Linear(width, EventKinds);
            Initialise.Small(events, 0.01);
        }

        RegisterComponents();
    }

    public override (Tensor Logits, Tensor Deltas, Tensor? Events) forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        Tensor flat = mixed is null ? features.flatten(1) : mixed.call(features).flatten(2).mean([2]);   // [R, C * bins] or [R, width]
        Tensor hidden = second.call(first.call(flat).relu_()).relu_();                                   // [R, width]
        Tensor score = logits.call(hidden);
        Tensor shift = deltas.call(hidden);
        Tensor? events = this.events?.call(hidden);
        return (score.MoveToOuterDisposeScope(), shift.MoveToOuterDisposeScope(), events?.MoveToOuterDisposeScope());
    }
}
