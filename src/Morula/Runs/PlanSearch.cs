using Morula.Inference;
using Morula.Options;
using Morula.Planning;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Changes options until a training, then a prediction, keeps within a bound of memory.</summary>
internal static class PlanSearch
{
    private const long LeastVoxels = 32_768;
    private const long LeastBlock = 2_000_000;
    private const int LeastMasks = 4;

    // Foretold peaks have been up to 8 % too low (docs/memory.md); a bound is kept all the same.
    private const double Margin = 1.08;

    /// <summary>The fastest means of a training step.</summary>
    public static PlanFit Training(MorulaOptions options, PlanSubject subject, long budget, bool allowPrecision)
    {
        TrainingLoad load = PlanRun.Training(options, subject);
        TrainingLoad? fitted = BudgetFit.Training(load, (long)(budget / Margin), allowPrecision, out long least);
        if (fitted is null)
        {
            throw new OptionsException(
                "--memory", $"{ByteSize.Text(budget)} is not enough for a training step on crops of {load.Crop}, {load.BatchSize} a step: the least possible is {ByteSize.Text((long)(Margin * least))}; "
                + "lower Samples.Crop, Training.BatchSize, Model.Regions.SampleCount and MaskSampleCount, or the widths of Model.");
        }

        // A cache that is not bound by its option stays as it is.
        long cache = fitted.CacheBytes == load.CacheBytes ? options.Samples.CacheMegabytes : fitted.CacheBytes >> 20;
        return Changed(options, options with
        {
            Samples = options.Samples with { CacheMegabytes = cache },
            Training = options.Training with { Memory = fitted.Memory, PrefetchCount = fitted.Prefetched / Math.Max(1, load.BatchSize) },
        }, []);
    }

    /// <summary>The largest tiles, and masks at once, of predictions, and of validation where the training holds memory beside.</summary>
    public static PlanFit Prediction(PlanFit before, PlanSubject subject, long budget, bool besideTraining, bool keepsMasks = false)
    {
        MorulaOptions options = before.Options;
        long least = long.MaxValue;
        foreach (MorulaOptions tried in Smaller(options, subject, keepsMasks))
        {
            long peak = (long)(Margin * Peak(tried, subject, besideTraining));
            least = Math.Min(least, peak);
            if (peak <= budget) return Changed(options, tried, before.Changes);
        }

        throw new OptionsException(
            "--memory", $"{ByteSize.Text(budget)} is not enough to predict an image of {subject.Image}: the least possible is {ByteSize.Text(least)}; "
            + "cut the image, or switch Inference.Refinement.Enabled off.");
    }

    private static long Peak(MorulaOptions options, PlanSubject subject, bool besideTraining)
    {
        PredictionLoad load = PlanRun.Prediction(options, subject);
        long alone = MemoryPlanner.Prediction(load).Peak;
        if (!besideTraining || options.Training.ValidationImages == 0) return alone;
        return Math.Max(alone, MemoryPlanner.Prediction(load with { Beside = PlanRun.Training(options, subject) }).Peak);
    }

    // An image in one piece where that is possible, else in blocks that are as large as possible.
    private static IEnumerable<MorulaOptions> Smaller(MorulaOptions options, PlanSubject subject, bool keepsMasks)
    {
        foreach (MorulaOptions tried in SmallerTiles(options, subject, keepsMasks)) yield return tried;
        if (subject.Image.Rank > 3) yield break;
        for (long block = Math.Min(options.Inference.BlockVoxels, subject.Image.Count) / 2; block >= LeastBlock; block = block * 3 / 4)
        {
            MorulaOptions blocks = options with { Inference = options.Inference with { BlockVoxels = block } };
            foreach (MorulaOptions tried in SmallerTiles(blocks, subject, keepsMasks))
            {
                if (HasCore(tried, subject)) yield return tried;
            }
        }
    }

    // A block must be larger than its surroundings.
    private static bool HasCore(MorulaOptions options, PlanSubject subject)
    {
        Extent block = subject.Within(options.Inference.BlockVoxels).Working;
        int[] halo = options.Inference.HaloOf(subject.Working, options.Model.LargestCell);
        return Enumerable.Range(0, block.Rank).All(axis => block[axis] == subject.Working[axis] || block[axis] >= 4 * halo[axis]);
    }

    private static IEnumerable<MorulaOptions> SmallerTiles(MorulaOptions options, PlanSubject subject, bool keepsMasks)
    {
        yield return options;
        MorulaOptions chunked = options;
        // Fewer masks at once cost next to nothing; smaller tiles overlap more.
        for (int chunk = options.Model.Regions.MaskChunk / 2; !keepsMasks && chunk >= LeastMasks; chunk /= 2)
        {
            chunked = options with { Model = options.Model with { Regions = options.Model.Regions with { MaskChunk = chunk } } };
            yield return chunked;
        }

        if (options.Inference.Tile.Length > 0) yield break;
        for (long voxels = Math.Min(options.Inference.MostVoxels, subject.Working.Count) * 3 / 4; voxels > LeastVoxels; voxels = voxels * 3 / 4)
            yield return chunked with { Inference = chunked.Inference with { MostVoxels = voxels } };
    }

    private static PlanFit Changed(MorulaOptions before, MorulaOptions after, IReadOnlyList<string> earlier)
    {
        var changes = new List<string>(earlier);
        foreach (var (old, now) in OptionsDescription.Of(before).Zip(OptionsDescription.Of(after)))
            if (old.Default != now.Default) changes.Add($"{now.Key} = {now.Default} (was {old.Default})");
        return new PlanFit(after, changes);
    }
}
