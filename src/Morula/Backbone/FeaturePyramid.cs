using Morula.Layers;
using Morula.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Backbone;

/// <summary>Image [N, 1, *S] to feature maps of one width at several strides (Lin et al. 2017, feature pyramid networks).</summary>
public sealed class FeaturePyramid : Module<Tensor, IReadOnlyList<Tensor>>
{
    private readonly Trunk trunk;
    private readonly ModuleList<ConvUnit> laterals = [];
    private readonly ModuleList<ConvUnit> smoothers = [];
    private readonly List<int[]> factors = [];
    private readonly int extraLevels;
    private readonly int smoothedFrom;

    /// <summary>Makes trunk and pyramid with fresh weights.</summary>
    public FeaturePyramid(int rank, BackboneOptions options)
        : base(nameof(FeaturePyramid))
    {
        trunk = new Trunk(rank, options);
        Strides = PyramidStrides.Of(rank, options);
        int[] one = AxisSteps.Kernel(rank, 1, 1);
        int[] three = AxisSteps.Kernel(rank, 3, options.TimeKernel);
        for (int level = 0; level < options.Stages.Count; level++)
        {
            laterals.Add(new ConvUnit(options.Stages[level].Width, options.PyramidWidth, one, one, options.PyramidNormalisation, rectified: false));
            if (level >= options.SmoothedFrom) smoothers.Add(new ConvUnit(options.PyramidWidth, options.PyramidWidth, three, one, options.PyramidNormalisation, rectified: false));
            if (level > 0) factors.Add([.. Strides[level].Zip(Strides[level - 1], (coarse, fine) => coarse / fine)]);
        }

        (extraLevels, smoothedFrom) = (options.ExtraLevels, options.SmoothedFrom);
        RegionLevels = options.Stages.Count;
        RegisterComponents();
    }

    /// <summary>Stride of each level against the image, per axis, finest first, extra levels included.</summary>
    public IReadOnlyList<int[]> Strides { get; }

    /// <summary>Number of levels that regions are pooled from; the rest serve proposals only.</summary>
    public int RegionLevels { get; }

    /// <summary>Feature maps [N, width, *(S / stride)], finest first. They belong to the caller's dispose scope.</summary>
    public override IReadOnlyList<Tensor> forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        IReadOnlyList<Tensor> maps = trunk.call(input);
        var levels = new Tensor[RegionLevels + extraLevels];
        Tensor? above = null;
        for (int level = RegionLevels - 1; level >= 0; level--)
        {
            above = Merge(level, above is null ? [maps[level]] : [maps[level], above]);
            levels[level] = Smooth(level, above);
        }

        for (int level = RegionLevels; level < levels.Length; level++) levels[level] = Halve(levels[level - 1]);
        foreach (Tensor level in levels.Distinct()) level.MoveToOuterDisposeScope();
        return levels;
    }

    /// <summary>The same levels, part by part, for a backward pass that is run by hand and lets go of each part when it is through.</summary>
    /// <param name="input">[N, 1, *S].</param>
    /// <param name="recomputedStages">Stages of the trunk, finest first, whose activations are computed again in the backward pass.</param>
    /// <param name="recomputedPyramid">Whether those of the pyramid are.</param>
    /// <param name="precision">What convolutions compute with; the levels are float32 all the same.</param>
    public RecordedPyramid Record(Tensor input, int recomputedStages, bool recomputedPyramid, Precision precision)
    {
        var tape = new Tape(precision);
        int[] maps = trunk.Record(tape, tape.Enter(input), recomputedStages);
        var levels = new int[RegionLevels + extraLevels];
        int above = -1;
        for (int index = RegionLevels - 1; index >= 0; index--)
        {
            int level = index;
            above = tape.Run(inputs => Merge(level, inputs), recomputedPyramid, above < 0 ? [maps[level]] : [maps[level], above], laterals[level]);
            levels[level] = level < smoothedFrom ? above : tape.Run(merged => Smooth(level, merged), recomputedPyramid, above, smoothers[level - smoothedFrom]);
        }

        for (int level = RegionLevels; level < levels.Length; level++) levels[level] = tape.Run(Halve, recomputedPyramid, levels[level - 1]);
        return new RecordedPyramid(tape, levels);
    }

    // Of the trunk's map of a level and, but for the coarsest, the merged map above it.
    private Tensor Merge(int level, IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        Tensor merged = laterals[level].call(inputs[0]);
        if (inputs.Count > 1) merged = merged.add_(Resize.Repeat(inputs[1], factors[level], merged.shape.AsSpan(2)), Scalars.One);
        return merged.MoveToOuterDisposeScope();
    }

    private Tensor Smooth(int level, Tensor merged) => level < smoothedFrom ? merged : smoothers[level - smoothedFrom].call(merged);

    private static Tensor Halve(Tensor level) => Resize.Subsample(level, Halving((int)level.dim() - 2));

    private static int[] Halving(int rank) => AxisSteps.Expand([2], rank, "stride");
}
