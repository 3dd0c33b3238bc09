namespace Morula.Backbone;

/// <summary>Strides of a pyramid's levels against the image, derived from its options.</summary>
internal static class PyramidStrides
{
    /// <summary>One list per level, finest first, extra levels included; one number per axis.</summary>
    public static IReadOnlyList<int[]> Of(int rank, BackboneOptions options)
    {
        int[] total = Multiply(
            AxisSteps.Expand(options.StemStride, rank, nameof(options.StemStride)), AxisSteps.Expand(options.StemPool, rank, nameof(options.StemPool)));
        var strides = new List<int[]>();
        foreach (StageOptions stage in options.Stages) strides.Add(total = Multiply(total, AxisSteps.Expand(stage.Stride, rank, nameof(stage.Stride))));
        for (int extra = 0; extra < options.ExtraLevels; extra++) strides.Add(total = Multiply(total, AxisSteps.Expand([2], rank, "stride")));
        return strides;
    }

    private static int[] Multiply(int[] left, int[] right) => [.. left.Zip(right, (a, b) => a * b)];
}
