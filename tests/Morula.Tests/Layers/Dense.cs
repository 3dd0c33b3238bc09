using Morula.Volumes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

/// <summary>A small array of any number of axes on the host, for slow definitions; what lies outside reads as 0.</summary>
internal sealed class Dense(float[] values, int[] shape)
{
    private readonly long[] strides = new Extent(shape).Strides();

    public float[] Values => values;

    public int[] Shape => shape;

    public float this[ReadOnlySpan<int> place] => IsInside(place) ? values[Offset(place)] : 0;

    public static Dense Random(int seed, params int[] shape)
    {
        var random = new Random(seed);
        var values = new float[new Extent(shape).Count];
        for (int index = 0; index < values.Length; index++) values[index] = (random.NextSingle() * 2) - 1;
        return new Dense(values, shape);
    }

    public static Dense Of(Tensor tensor) =>
        new(tensor.detach().contiguous().data<float>().ToArray(), [.. tensor.shape.Select(size => (int)size)]);

    public static Dense Build(int[] shape, Func<int[], double> value) => new([.. Places(shape).Select(place => (float)value(place))], shape);

    /// <summary>All places of an array, last axis fastest.</summary>
    public static IEnumerable<int[]> Places(int[] shape) =>
        new Extent(shape).Split(Extent.Cube(shape.Length, 1)).Select(block => block.Lower.ToArray());

    public bool IsInside(ReadOnlySpan<int> place)
    {
        for (int axis = 0; axis < shape.Length; axis++)
            if (place[axis] < 0 || place[axis] >= shape[axis]) return false;
        return true;
    }

    public Dense Reshape(params int[] other) => new(values, other);

    public Tensor ToTensor() => tensor(values, [.. shape.Select(size => (long)size)]);

    public void AssertClose(Tensor actual, float tolerance)
    {
        Assert.Equal([.. shape.Select(size => (long)size)], actual.shape);
        AssertClose(values, Of(actual).Values, tolerance);
    }

    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], tolerance * Math.Max(1, Math.Abs(expected[index])));
    }

    private long Offset(ReadOnlySpan<int> place)
    {
        long offset = 0;
        for (int axis = 0; axis < strides.Length; axis++) offset += place[axis] * strides[axis];
        return offset;
    }
}
