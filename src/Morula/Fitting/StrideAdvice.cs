using Morula.Backbone;
using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>What the first strides of the network may skip, axis by axis: what the working grid leaves of anisotropy, of small and of large cells.</summary>
internal static class StrideAdvice
{
    private const double LeastSizeForStem = 14;
    private const double LeastSizeForStage = 6;
    private const double LargeSide = 36;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        BackboneOptions backbone = options.Model.Backbone;
        double[] sizes = new WorkingGrid(survey, options.Samples).MedianSizes;
        string seen = $"a median cell has {string.Join(" x ", sizes.Select(size => size.ToString("0")))} working voxels";
        int[] stem = Space(backbone.StemStride, survey.Rank);
        int[] fitted = [.. stem.Select((stride, axis) => sizes[axis] < LeastSizeForStem ? 1 : stride)];
        if (!fitted.SequenceEqual(stem))
            yield return new Advice("Model.Backbone.StemStride", JsonValue.OfAxes(fitted), $"{seen}: the stem skips none along an axis with less than {LeastSizeForStem}");
        if (sizes.Min() < LeastSizeForStage && FirstStrided(backbone) is { } strided)
        {
            yield return new Advice(
                "Model.Backbone.Stages", JsonValue.Of(WithStride(backbone, strided, sizes, survey.Rank)),
                $"{seen}: the first stage that strides skips none along an axis with less than {LeastSizeForStage}");
        }

        int[] pool = Space(backbone.StemPool, survey.Rank);
        int[] pooled = sizes.Min() >= LargeSide && pool.Max() == 1
            ? [.. pool.Select(_ => 2)]
            : [.. pool.Select((stride, axis) => sizes[axis] < 2 * LeastSizeForStem ? 1 : stride)];
        if (pooled.SequenceEqual(pool)) yield break;
        yield return new Advice("Model.Backbone.StemPool", JsonValue.OfAxes(pooled), pooled.Max() > pool.Max()
            ? $"{seen}, many for the network, and images cannot be resampled: the stem halves them once more"
            : $"{seen}: the stem halves none behind its first stride along an axis with less than {2 * LeastSizeForStem}");
    }

    private static int? FirstStrided(BackboneOptions backbone)
    {
        int index = backbone.Stages.ToList().FindIndex(stage => stage.Stride.Any(stride => stride > 1));
        return index < 0 ? null : index;
    }

    private static IReadOnlyList<StageOptions> WithStride(BackboneOptions backbone, int strided, double[] sizes, int rank) =>
        [.. backbone.Stages.Select((stage, index) => index != strided
            ? stage
            : stage with { Stride = [.. Space(stage.Stride, rank).Select((stride, axis) => sizes[axis] < LeastSizeForStage ? 1 : stride)] })];

    private static int[] Space(IReadOnlyList<int> strides, int rank) => AxisSteps.Expand(strides, rank, "stride")[SpatialAxes.First(rank)..];
}
