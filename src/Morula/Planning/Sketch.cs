namespace Morula.Planning;

/// <summary>A tensor that has sizes and a stage, and no numbers. It is alive while it is held.</summary>
/// <param name="stage">Part of the network it belongs to.</param>
/// <param name="shape">[N, C, *S] or whatever the layer says.</param>
/// <param name="width">Bytes of a number.</param>
/// <param name="isView">Whether it lies in the memory of another tensor.</param>
internal sealed class Sketch(string stage, long[] shape, int width, bool isView = false)
{
    /// <summary>Part of the network it belongs to.</summary>
    public string Stage { get; } = stage;

    /// <summary>Sizes.</summary>
    public long[] Shape { get; } = shape;

    /// <summary>Bytes of a number.</summary>
    public int Width { get; } = width;

    /// <summary>Number of numbers.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Bytes of its numbers.</summary>
    public long Bytes => Count * Width;

    /// <summary>Bytes that go with it.</summary>
    public long OwnBytes => isView ? 0 : Bytes;

    /// <summary>Sizes along the axes of the image.</summary>
    public long[] Space => Shape[2..];

    /// <summary>Who holds it; at 0 it is gone.</summary>
    public int Holders { get; set; }
}
