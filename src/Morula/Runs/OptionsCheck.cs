using Morula.Backbone;
using Morula.Inference;
using Morula.Layers;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Tensors;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Options that are fine one by one and yet do not fit each other: found here, before anything is read, built or written.</summary>
public static class OptionsCheck
{
    private const string Source = "options";

    /// <summary>Gives the options back where they fit.</summary>
    /// <exception cref="OptionsException">Names the first option that does not fit, and what it should fit.</exception>
    public static MorulaOptions Require(MorulaOptions options)
    {
        ModelOptions model = options.Model;
        string? problem = Device(options.Device).Concat(Strides(model)).Concat(Widths(model.Backbone)).Concat(Heads(model)).Concat(Anchors(model))
            .Concat(Samples(options.Samples, model)).Concat(Memory(options.Training.Memory)).Concat(Tiles(options.Inference, model)).Concat(Quality(options.Inference.Quality)).FirstOrDefault();
        return problem is null ? options : throw new OptionsException(Source, problem);
    }

    private static IEnumerable<string> Device(string name)
    {
        if (!ComputeDevice.IsName(name)) yield return $"Device is \"{name}\"; {ComputeDevice.Expected}.";
    }

    private static IEnumerable<string> Quality(QualityOptions quality)
    {
        if (quality.Weights.Length != 0 && quality.Weights.Length != CellQuality.Names.Count)
            yield return $"Inference.Quality.Weights has {quality.Weights.Length} numbers; expected none, or {CellQuality.Names.Count} ({string.Join(", ", CellQuality.Names)}).";
    }

    private static IEnumerable<string> Strides(ModelOptions model)
    {
        BackboneOptions backbone = model.Backbone;
        if (backbone.Stages.Count == 0) yield return "Model.Backbone.Stages is empty; at least one stage is needed.";
        var lists = new List<(string Name, IReadOnlyList<int> Values)>
        {
            ("Model.Backbone.StemStride", backbone.StemStride),
            ("Model.Backbone.StemPool", backbone.StemPool),
        };
        lists.AddRange(backbone.Stages.Select((stage, index) => ($"Model.Backbone.Stages[{index}].Stride", stage.Stride)));
        foreach (var (name, values) in lists)
        {
            if (!FitsAxes(values.Count, model.Rank)) yield return Misfit(name, values.Count, model.Rank);
        }
    }

    private static IEnumerable<string> Widths(BackboneOptions backbone)
    {
        if (backbone.StemKernel % 2 == 0) yield return $"Model.Backbone.StemKernel is {backbone.StemKernel}; an odd number of taps is needed.";
        if (backbone.TimeKernel % 2 == 0) yield return $"Model.Backbone.TimeKernel is {backbone.TimeKernel}; an odd number of taps is needed.";
        if (backbone.Block != BlockKind.Bottleneck) yield break;
        for (int index = 0; index < backbone.Stages.Count; index++)
        {
            if (backbone.Stages[index].Width % 4 != 0)
                yield return $"Model.Backbone.Stages[{index}].Width is {backbone.Stages[index].Width}; blocks of kind Bottleneck need a multiple of 4.";
        }
    }

    private static IEnumerable<string> Heads(ModelOptions model)
    {
        if (model.Classes.Count == 0) yield return "Model.Classes is empty; name at least one class.";
        if (model.Classes.Distinct(StringComparer.Ordinal).Count() < model.Classes.Count) yield return "Model.Classes names a class twice.";
        if (model.Proposals.NegativeOverlap > model.Proposals.PositiveOverlap)
        {
            yield return $"Model.Proposals.NegativeOverlap is {model.Proposals.NegativeOverlap} but must not be above "
                + $"Model.Proposals.PositiveOverlap, {model.Proposals.PositiveOverlap}.";
        }
    }

    private static IEnumerable<string> Anchors(ModelOptions model)
    {
        int levels = model.Backbone.Stages.Count + model.Backbone.ExtraLevels;
        int first = model.Proposals.FirstLevel;
        var anchors = model.Proposals.Anchors;
        if (first + Math.Max(1, anchors.Count) > levels)
        {
            yield return anchors.Count == 0
                ? $"Model.Proposals.FirstLevel is {first} but the pyramid has {levels} levels, counted from 0."
                : $"Model.Proposals.Anchors lists {anchors.Count} levels from level {first} (FirstLevel) but the pyramid has {levels}.";
        }

        if (anchors.Any(level => level.Count == 0 || level.Count != anchors[0].Count))
            yield return "Model.Proposals.Anchors needs the same number of anchors, at least one, on every level.";
        foreach (int sides in anchors.SelectMany(level => level).Select(anchor => anchor.Count))
        {
            if (!FitsAxes(sides, model.Rank)) yield return Misfit("An anchor of Model.Proposals.Anchors", sides, model.Rank);
        }
    }

    private static IEnumerable<string> Samples(SampleOptions samples, ModelOptions model)
    {
        if (!(samples.LowPercentile < samples.HighPercentile))
            yield return $"Samples.LowPercentile is {samples.LowPercentile} but must be below Samples.HighPercentile, {samples.HighPercentile}.";
        if (samples.Spacing is not null && !FitsAxes(samples.Spacing.Length, model.Rank))
            yield return Misfit("Samples.Spacing", samples.Spacing.Length, model.Rank);
        int[] crop = samples.CropAt(model.Rank);
        int[] stride = PyramidStrides.Of(model.Rank, model.Backbone)[^1];
        for (int axis = 0; axis < crop.Length; axis++)
        {
            if (crop[axis] >= stride[axis]) continue;
            yield return $"Samples.Crop is {crop[axis]} along axis {axis} but the coarsest level of the network steps by {stride[axis]} voxels there; "
                + "enlarge the crop or lower the strides.";
        }
    }

    private static IEnumerable<string> Memory(MemoryOptions memory)
    {
        if (!memory.Staged && (memory.RecomputedStages > 0 || memory.RecomputedPyramid || memory.RegionChunk > 0))
            yield return "Training.Memory.Staged is false but RecomputedStages, RecomputedPyramid or RegionChunk is set; they need Staged.";
        if (memory.Precision == Precision.BFloat16 && !HalfPrecision.IsAvailable && !ComputeDevice.IsCudaBuiltIn)
            yield return $"Training.Memory.Precision is BFloat16. {HalfPrecision.Missing} Use Float32.";
    }

    private static IEnumerable<string> Tiles(InferenceOptions inference, ModelOptions model)
    {
        foreach (var (name, length) in new[] { ("Tile", inference.Tile.Length), ("Halo", inference.Halo.Length) })
        {
            if (length != 0 && length != model.Rank)
                yield return $"Inference.{name} has {length} numbers; none or {model.Rank}, one per axis, are expected at rank {model.Rank}.";
        }

        if (inference.Tile.Length == 0 || inference.Halo.Length == 0) yield break;
        int[] stride = PyramidStrides.Of(model.Rank, model.Backbone)[^1];
        for (int axis = 0; axis < stride.Length; axis++)
        {
            int tile = (inference.Tile[axis] + stride[axis] - 1) / stride[axis] * stride[axis];
            if (tile <= 2 * inference.Halo[axis])
                yield return $"Inference.Tile is {tile} along axis {axis}, no more than twice Inference.Halo, {inference.Halo[axis]}; enlarge the tile or reduce the halo.";
        }
    }

    // One number for every axis of space, one per axis of space, or one per axis.
    private static bool FitsAxes(int count, int rank) => count == 1 || count == SpatialAxes.Count(rank) || count == rank;

    private static string Misfit(string name, int count, int rank) =>
        $"{name} has {count} numbers; {(rank > 3 ? "1, 3 or 4" : $"1 or {rank}")} are expected at rank {rank}.";
}
