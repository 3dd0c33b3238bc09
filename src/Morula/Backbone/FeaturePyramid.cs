using Morula.Layers;
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
            smoothers.Add(new ConvUnit(options.PyramidWidth, options.PyramidWidth, three, one, options.PyramidNormalisation, rectified: false));
            if (level > 0) factors.Add([.. Strides[level].Zip(Strides[level - 1], (coarse, fine) => coarse / fine)]);
        }

        extraLevels = options.ExtraLevels;
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
            Tensor merged = laterals[level].call(maps[level]);
            if (above is not null)
            {
                using Tensor repeated = Resize.Repeat(above, factors[level], merged.shape.AsSpan(2));
                merged = merged.add_(repeated);
            }

            above = merged;
            levels[level] = smoothers[level].call(merged);
        }

        for (int level = RegionLevels; level < levels.Length; level++)
            levels[level] = Resize.Subsample(levels[level - 1], Halving((int)input.dim() - 2));
        foreach (Tensor level in levels) level.MoveToOuterDisposeScope();
        return levels;
    }

    private static int[] Halving(int rank) => AxisSteps.Expand([2], rank, "stride");
}
