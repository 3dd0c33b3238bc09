using Morula.Backbone;
using Morula.Regions;
using Morula.Volumes;

namespace Morula.Planning;

/// <summary>Pooled regions to class and box. Of its matrices only the first is worth booking.</summary>
internal sealed class BoxHeadSketch
{
    public const string Name = "box head";
    private readonly RegionSketch pooling;
    private readonly List<UnitSketch> mixed = [];
    private readonly RegionOptions options;
    private readonly long inputs;
    private readonly int outputs;

    public BoxHeadSketch(ModelShape model)
    {
        options = model.Options.Regions;
        BackboneOptions backbone = model.Options.Backbone;
        var bins = model.Bins(options.BoxBins);
        pooling = new RegionSketch(model, bins, Name);
        inputs = backbone.PyramidWidth * bins.Count;
        int classes = model.Options.Classes.Count + 1;
        outputs = classes + ((options.ClassAgnostic ? 1 : classes) * 2 * model.Rank) + (model.Rank > SpatialAxes.Count(model.Rank) ? BoxHead.EventKinds : 0);
        if (options.BoxHead != BoxHeadKind.Pooled) return;
        int[] one = AxisSteps.Kernel(model.Rank, 1, 1);
        int[] three = AxisSteps.Kernel(model.Rank, 3, backbone.TimeKernel);
        mixed.Add(new UnitSketch(Name, backbone.PyramidWidth, options.BoxWidth, three, one, options.Normalisation));
        mixed.Add(new UnitSketch(Name, options.BoxWidth, options.BoxWidth, three, one, options.Normalisation));
        inputs = options.BoxWidth;
    }

    public long Parameters => mixed.Sum(unit => unit.Parameters) + ((inputs + options.BoxWidth + outputs + 2) * options.BoxWidth) + outputs;

    /// <summary>Bytes of the first matrix, which is often the largest of all weights.</summary>
    public long LargestMatrix => inputs * options.BoxWidth * sizeof(float);

    /// <summary>Forward, and backward where the levels are to gather gradients.</summary>
    public void Run(Ledger ledger, LevelSketches levels, long regions, bool teaches)
    {
        ledger.Begin(Name);
        Sketch current = pooling.Pool(ledger, levels.Maps, regions);
        long[] pooled = current.Shape;
        foreach (UnitSketch unit in mixed) current = Advance(ledger, unit, current, teaches);
        ledger.Operations += 2.0 * regions * inputs * options.BoxWidth * (teaches ? 3 : 1);
        ledger.Add(Name, 4 * regions * options.BoxWidth * sizeof(float));
        if (teaches) Backward(ledger, levels, current, pooled);
        else ledger.Release(current);
        ledger.Add(Name, -4 * regions * options.BoxWidth * sizeof(float));
    }

    private void Backward(Ledger ledger, LevelSketches levels, Sketch features, long[] pooled)
    {
        ledger.Begin($"{Name} backward");
        // The gradient of the first matrix is a tensor of its own before it is added to that of the optimiser.
        Sketch gradient = ledger.Make(Name, features.Shape);
        ledger.Pass(LargestMatrix);
        ledger.Release(features);
        for (int unit = mixed.Count - 1; unit >= 0; unit--) gradient = mixed[unit].Backward(ledger, gradient, wantsInput: true)!;
        System.Diagnostics.Debug.Assert(gradient.Shape.SequenceEqual(pooled), "The gradient has the shape of the pooled regions.");
        pooling.Backward(ledger, levels, gradient);
    }

    private static Sketch Advance(Ledger ledger, UnitSketch unit, Sketch input, bool keeps)
    {
        Sketch output = unit.Forward(ledger, input, keeps);
        ledger.Release(input);
        return output;
    }
}
