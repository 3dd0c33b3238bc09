using Morula.Backbone;
using Morula.Regions;

namespace Morula.Planning;

/// <summary>Pooled regions to masks, one per class unless they are for whatever class.</summary>
internal sealed class MaskHeadSketch
{
    public const string Name = "mask head";
    private readonly RegionSketch pooling;
    private readonly List<UnitSketch> body = [];
    private readonly LayerSketch? spread;
    private readonly LayerSketch logits;
    private readonly int[] factor;
    private readonly int width;
    private readonly int masks;

    public MaskHeadSketch(ModelShape model)
    {
        RegionOptions options = model.Options.Regions;
        BackboneOptions backbone = model.Options.Backbone;
        pooling = new RegionSketch(model, model.Bins(options.MaskBins), Name);
        width = options.MaskWidth;
        int[] one = AxisSteps.Kernel(model.Rank, 1, 1);
        int[] three = AxisSteps.Kernel(model.Rank, 3, backbone.TimeKernel);
        factor = AxisSteps.Expand([2], model.Rank, "mask");
        MaskCount = model.Bins(options.MaskBins).Sizes.ToArray().Zip(factor, (bins, step) => (long)bins * step).Aggregate(1L, (product, size) => product * size);
        for (int depth = 0; depth < options.MaskDepth; depth++)
            body.Add(new UnitSketch(Name, depth == 0 ? backbone.PyramidWidth : width, width, three, one, options.Normalisation));
        int coarse = options.MaskDepth == 0 ? backbone.PyramidWidth : width;
        masks = options.ClassAgnostic ? 1 : model.Options.Classes.Count + 1;
        int blocks = factor.Aggregate(1, (product, step) => product * step);
        bool spreads = options.MaskUpsampling == MaskUpsampling.Features;
        if (spreads) spread = UnitSketch.CreateConvolution(Name, coarse, width * blocks, one, one, bias: false);
        logits = UnitSketch.CreateConvolution(Name, spreads ? width : coarse, spreads ? masks : masks * blocks, one, one);
    }

    /// <summary>Numbers of one mask.</summary>
    public long MaskCount { get; }

    public long Parameters => body.Sum(unit => unit.Parameters) + (spread is null ? 0 : spread.Parameters + width) + logits.Parameters;

    /// <summary>Forward, and backward where the levels are to gather gradients.</summary>
    public void Run(Ledger ledger, LevelSketches levels, long regions, bool teaches)
    {
        if (regions == 0) return;
        ledger.Begin(Name);
        Sketch pooled = pooling.Pool(ledger, levels.Maps, regions);
        Sketch current = ledger.Hold(pooled);
        foreach (UnitSketch unit in body) current = Advance(ledger, unit, current, teaches);
        Sketch? raw = spread?.Forward(ledger, current, teaches);
        if (raw is not null) current = Replace(ledger, current, Fine(raw));
        Sketch? rectified = spread is not null && teaches ? ledger.Hold(current) : null;
        current = Advance(ledger, logits, current, teaches);
        ledger.Release(raw);
        ledger.Release(pooled);
        if (spread is null) current = Replace(ledger, current, Fine(current));
        ledger.Pass(2 * current.Bytes);
        if (teaches) Backward(ledger, levels, current, rectified);
        else ledger.Release(current);
    }

    private void Backward(Ledger ledger, LevelSketches levels, Sketch masks, Sketch? rectified)
    {
        ledger.Begin($"{Name} backward");
        Sketch gradient = ledger.Make(Name, masks.Shape);
        ledger.Pass(gradient.Bytes);
        ledger.Release(masks);
        if (spread is null) gradient = Fold(ledger, gradient);
        gradient = logits.Backward(ledger, gradient, wantsInput: true)!;
        if (spread is not null)
        {
            gradient = Replace(ledger, gradient, gradient.Shape);
            ledger.Release(rectified);
            gradient = spread.Backward(ledger, Fold(ledger, gradient), wantsInput: true)!;
        }

        for (int unit = body.Count - 1; unit >= 0; unit--) gradient = body[unit].Backward(ledger, gradient, wantsInput: true)!;
        pooling.Backward(ledger, levels, gradient);
    }

    private static Sketch Advance(Ledger ledger, LayerSketch layer, Sketch input, bool keeps)
    {
        Sketch output = layer.Forward(ledger, input, keeps);
        ledger.Release(input);
        return output;
    }

    private long[] Fine(Sketch coarse) =>
        [coarse.Shape[0], coarse.Shape[1] / factor.Aggregate(1L, (product, step) => product * step), .. coarse.Space.Select((size, axis) => size * factor[axis])];

    private Sketch Fold(Ledger ledger, Sketch fine) => Replace(ledger, fine,
        [fine.Shape[0], fine.Shape[1] * factor.Aggregate(1L, (product, step) => product * step), .. fine.Space.Select((size, axis) => size / factor[axis])]);

    private static Sketch Replace(Ledger ledger, Sketch from, long[] shape)
    {
        Sketch copy = ledger.Make(Name, shape, from.Width);
        ledger.Release(from);
        return copy;
    }
}
