using Morula.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Backbone;

/// <summary>Stem and stages of residual blocks: one feature map per stage, finest first.</summary>
internal sealed class Trunk : Module<Tensor, IReadOnlyList<Tensor>>
{
    private readonly ConvUnit stem;
    private readonly ModuleList<Sequential> stages = [];
    private readonly int[] pool;

    public Trunk(int rank, BackboneOptions options)
        : base(nameof(Trunk))
    {
        int[] step = AxisSteps.Expand(options.StemStride, rank, nameof(options.StemStride));
        pool = AxisSteps.Expand(options.StemPool, rank, nameof(options.StemPool));
        stem = new ConvUnit(1, options.StemWidth, AxisSteps.Kernel(rank, options.StemKernel, 1), step, options.Normalisation);
        int width = options.StemWidth;
        foreach (StageOptions stage in options.Stages)
        {
            int[] stride = AxisSteps.Expand(stage.Stride, rank, nameof(stage.Stride));
            stages.Add(CreateStage(width, stage, stride, options));
            width = stage.Width;
        }

        RegisterComponents();
    }

    public override IReadOnlyList<Tensor> forward(Tensor input)
    {
        var maps = new List<Tensor>();
        Tensor current = Begin(input);
        foreach (Sequential stage in stages)
        {
            current = stage.call(current);
            maps.Add(current);
        }

        return maps;
    }

    /// <summary>The same on a tape, block by block; the numbers of the maps on it.</summary>
    /// <param name="tape">Records.</param>
    /// <param name="image">Number of [N, 1, *S] on it.</param>
    /// <param name="recomputed">Stages, finest first, that keep no activation; the stem goes with the first.</param>
    public int[] Record(Tape tape, int image, int recomputed)
    {
        var maps = new int[stages.Count];
        int current = tape.Run(Begin, recomputed > 0, image, stem);
        for (int stage = 0; stage < maps.Length; stage++)
        {
            foreach (Module<Tensor, Tensor> block in stages[stage].children().Cast<Module<Tensor, Tensor>>())
                current = tape.Run(block.call, stage < recomputed, current, block);
            maps[stage] = current;
        }

        return maps;
    }

    private static Sequential CreateStage(int inputs, StageOptions stage, int[] stride, BackboneOptions options)
    {
        var ones = new int[stride.Length];
        Array.Fill(ones, 1);
        bool projected = inputs != stage.Width || stride.Any(step => step > 1);
        var blocks = new List<Module<Tensor, Tensor>> { new ResidualBlock(inputs, stage.Width, stride, options, projected) };
        while (blocks.Count < stage.Depth) blocks.Add(new ResidualBlock(stage.Width, stage.Width, ones, options, projected: false));
        return Sequential([.. blocks]);
    }

    private Tensor Begin(Tensor image)
    {
        using var scope = NewDisposeScope();
        Tensor fine = stem.call(image);
        return (pool.Any(step => step > 1) ? Resize.MaxPool(fine, pool) : fine).MoveToOuterDisposeScope();
    }
}
