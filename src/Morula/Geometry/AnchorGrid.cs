using Morula.Tensors;
using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Geometry;

/// <summary>Anchor boxes of a pyramid: at every location of a level, one box per shape of that level.</summary>
public sealed class AnchorGrid
{
    private readonly IReadOnlyList<float[][]> shapes;
    private readonly IReadOnlyList<int[]> strides;
    private readonly double offset;

    /// <summary>Makes the anchors of a pyramid.</summary>
    /// <param name="shapes">Per level, a list of A anchor sizes, each of D voxels.</param>
    /// <param name="strides">Per level, the image voxels per location along each axis.</param>
    /// <param name="offset">Place of an anchor's centre in its location, in strides: 0.5 is the middle.</param>
    /// <exception cref="ArgumentException">Levels or ranks disagree, or a level has no shape.</exception>
    public AnchorGrid(IReadOnlyList<float[][]> shapes, IReadOnlyList<int[]> strides, double offset = 0.5)
    {
        if (shapes.Count != strides.Count)
            throw new ArgumentException($"{shapes.Count} levels of shapes but {strides.Count} levels of strides.", nameof(strides));
        for (int level = 0; level < shapes.Count; level++)
        {
            if (shapes[level].Length == 0) throw new ArgumentException($"Level {level} has no anchor shape.", nameof(shapes));
            if (Array.Find(shapes[level], shape => shape.Length != strides[level].Length) is { } odd)
                throw new ArgumentException($"Level {level}: a shape of rank {odd.Length} but strides of rank {strides[level].Length}.", nameof(shapes));
        }

        (this.shapes, this.strides, this.offset) = (shapes, strides, offset);
    }

    /// <summary>Number of levels.</summary>
    public int Levels => shapes.Count;

    /// <summary>Number of anchors per location of a level, A.</summary>
    public int AnchorsPerLocation(int level) => shapes[level].Length;

    /// <summary>Where the anchors of a level lie.</summary>
    /// <param name="level">Which level of the pyramid.</param>
    /// <param name="featureExtent">Locations of the level along each axis.</param>
    internal AnchorLevel Layout(int level, Extent featureExtent) => new(featureExtent, strides[level], shapes[level], offset);

    /// <summary>
    /// All anchors of a level, not clipped: [locations * A, 2D], locations in memory order, anchors of one location together.
    /// </summary>
    /// <param name="level">Which level of the pyramid.</param>
    /// <param name="featureExtent">Locations of the level along each axis.</param>
    /// <param name="device">Where the boxes are made.</param>
    public Boxes Level(int level, Extent featureExtent, Device device)
    {
        int rank = strides[level].Length;
        if (featureExtent.Rank != rank) throw new ArgumentException($"The level has rank {rank} but the extent {featureExtent.Rank}.", nameof(featureExtent));
        using var scope = NewDisposeScope();
        float[] halves = [.. shapes[level].SelectMany(shape => shape).Select(size => size / 2)];
        Tensor half = tensor(halves, [halves.Length / rank, rank], device: device);      // [A, D]
        Tensor centre = Centres(level, featureExtent, device).unsqueeze(1);              // [P, 1, D]
        Tensor values = cat([centre.Minus(half), centre.Plus(half)], -1);               // [P, A, 2D]
        return new Boxes(values.reshape(-1, 2 * rank).MoveToOuterDisposeScope());
    }

    private Tensor Centres(int level, Extent extent, Device device)
    {
        using var scope = NewDisposeScope();
        long[] sizes = [.. extent.Sizes.ToArray().Select(size => (long)size)];
        var axes = new Tensor[extent.Rank];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            var along = new long[axes.Length];
            Array.Fill(along, 1);
            along[axis] = sizes[axis];
            float[] places = [.. Enumerable.Range(0, extent[axis]).Select(place => (place + (float)offset) * strides[level][axis])];
            axes[axis] = tensor(places, along, device: device).expand(sizes);
        }

        return stack(axes, -1).reshape(-1, axes.Length).MoveToOuterDisposeScope();       // [P, D]
    }
}
