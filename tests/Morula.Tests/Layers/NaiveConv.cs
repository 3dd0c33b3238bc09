namespace Morula.Tests.Layers;

/// <summary>Convolution of [N, C, *S] as it is defined: a sum over channels and taps at every place.</summary>
internal static class NaiveConv
{
    public static Dense Apply(Dense input, Dense weight, float[]? bias, int[] stride, bool padded)
    {
        int rank = stride.Length;
        int[] taps = weight.Shape[2..];
        int[] padding = [.. taps.Select(size => padded ? size / 2 : 0)];
        int[] shape = [input.Shape[0], weight.Shape[0],
            .. Enumerable.Range(0, rank).Select(axis => ((input.Shape[axis + 2] + (2 * padding[axis]) - taps[axis]) / stride[axis]) + 1)];
        return Dense.Build(shape, place =>
        {
            double sum = bias?[place[1]] ?? 0;
            foreach (int[] tap in Dense.Places([weight.Shape[1], .. taps]))
            {
                int[] source = [place[0], tap[0], .. Enumerable.Range(0, rank).Select(axis => (place[axis + 2] * stride[axis]) + tap[axis + 1] - padding[axis])];
                sum += weight[[place[1], .. tap]] * (double)input[source];
            }

            return sum;
        });
    }
}
