using Morula.Backbone;
using Morula.Model;

namespace Morula.Planning;

/// <summary>Trunk and pyramid, segment by segment.</summary>
internal sealed class BackboneSketch
{
    public const string Pyramid = "pyramid";
    private readonly BackboneOptions options;
    private readonly StemSketch stem;
    private readonly List<ResidualSketch[]> stages = [];
    private readonly List<UnitSketch> laterals = [];
    private readonly List<LayerSketch> smoothers = [];

    public BackboneSketch(int rank, BackboneOptions options)
    {
        this.options = options;
        stem = new StemSketch(rank, options);
        int[] one = AxisSteps.Kernel(rank, 1, 1);
        int[] three = AxisSteps.Kernel(rank, 3, options.TimeKernel);
        int width = options.StemWidth;
        for (int level = 0; level < options.Stages.Count; level++)
        {
            StageOptions stage = options.Stages[level];
            int[] stride = AxisSteps.Expand(stage.Stride, rank, nameof(stage.Stride));
            bool projected = width != stage.Width || stride.Any(step => step > 1);
            stages.Add([.. Enumerable.Range(0, stage.Depth).Select(block => new ResidualSketch(
                StageName(level), block == 0 ? width : stage.Width, stage.Width, block == 0 ? stride : one, options, block == 0 && projected))]);
            width = stage.Width;
            laterals.Add(new UnitSketch(Pyramid, width, options.PyramidWidth, one, one, options.PyramidNormalisation, rectified: false));
            if (level >= options.SmoothedFrom)
                smoothers.Add(new UnitSketch(Pyramid, options.PyramidWidth, options.PyramidWidth, three, one, options.PyramidNormalisation, rectified: false));
        }

        Strides = PyramidStrides.Of(rank, options);
    }

    /// <summary>Stride of each level per axis, extra levels included.</summary>
    public IReadOnlyList<int[]> Strides { get; }

    public long Parameters => stem.Parameters + stages.Sum(blocks => blocks.Sum(block => block.Parameters))
        + laterals.Sum(unit => unit.Parameters) + smoothers.Sum(unit => unit.Parameters);

    /// <summary>Runs everything on a tape; the numbers of the levels, finest first.</summary>
    public int[] Record(TapeSketch tape, int image, MemoryOptions memory)
    {
        int current = tape.Run(new Strand(stem, [image], memory.RecomputedStages > 0, StemSketch.Name));
        var maps = new int[stages.Count];
        for (int stage = 0; stage < maps.Length; stage++)
        {
            foreach (ResidualSketch block in stages[stage])
                current = tape.Run(new Strand(block, [current], stage < memory.RecomputedStages, StageName(stage)));
            maps[stage] = current;
        }

        var levels = new int[Strides.Count];
        int above = -1;
        for (int level = maps.Length - 1; level >= 0; level--)
        {
            above = tape.Run(new Strand(laterals[level], above < 0 ? [maps[level]] : [maps[level], above], memory.RecomputedPyramid, Pyramid));
            levels[level] = level < options.SmoothedFrom
                ? above
                : tape.Run(new Strand(smoothers[level - options.SmoothedFrom], [above], memory.RecomputedPyramid, Pyramid));
        }

        for (int level = maps.Length; level < levels.Length; level++)
            levels[level] = tape.Run(new Strand(new HalvingSketch(), [levels[level - 1]], memory.RecomputedPyramid, Pyramid));
        return levels;
    }

    /// <summary>Levels of a prediction, held for the caller. The maps of the trunk and the merged ones live until the last level is made.</summary>
    public IReadOnlyList<Sketch> Predict(Ledger ledger, Sketch image)
    {
        ledger.Begin(StemSketch.Name);
        var passing = new List<Sketch> { stem.Forward(ledger, image, keeps: false) };
        foreach (ResidualSketch[] blocks in stages) passing.Add(PredictStage(ledger, blocks, passing[^1]));
        ledger.Begin(Pyramid);
        var levels = new List<Sketch>();
        for (int level = stages.Count - 1; level >= 0; level--)
        {
            Sketch merged = new Strand(laterals[level], [0, 0], false, Pyramid).Forward(ledger, [passing[level + 1], image], keeps: false);
            passing.Add(merged);
            levels.Insert(0, level < options.SmoothedFrom ? ledger.Hold(merged) : smoothers[level - options.SmoothedFrom].Forward(ledger, merged, keeps: false));
        }

        while (levels.Count < Strides.Count) levels.Add(new HalvingSketch().Forward(ledger, levels[^1], keeps: false));
        foreach (Sketch map in passing) ledger.Release(map);
        return levels;
    }

    private static Sketch PredictStage(Ledger ledger, ResidualSketch[] blocks, Sketch input)
    {
        Sketch current = ledger.Hold(input);
        foreach (ResidualSketch block in blocks)
        {
            ledger.Begin(block.Stage);
            Sketch next = block.Forward(ledger, current, keeps: false);
            ledger.Release(current);
            current = next;
        }

        return current;
    }

    private static string StageName(int stage) => $"stage {stage + 1}";
}
