using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Cuts an image into overlapping tiles.</summary>
public static class Tiling
{
    /// <summary>
    /// Plans the tiles of an image, slowest axis first. Cores cover the image without overlap. All wholes have one size: the
    /// tile, or the image where that is smaller, rounded up to the stride. Every core lies at least the halo away from those
    /// sides of its whole that are not sides of the image. Wholes begin at multiples of the stride, unless their cores are narrower than that, so that
    /// a network with strides sees in each what it sees in the image as one; the last may end outside, by less than a stride.
    /// </summary>
    /// <param name="image">Sizes of the image in voxels.</param>
    /// <param name="tile">Sizes the network sees at once, in voxels.</param>
    /// <param name="halo">Least surroundings of a core in voxels, one number per axis.</param>
    /// <param name="stride">Sizes of a whole are multiples of this, one number per axis; none means 1.</param>
    /// <exception cref="ArgumentException">Ranks differ, or a tile is no larger than its two halos.</exception>
    public static IReadOnlyList<Tile> Plan(Extent image, Extent tile, ReadOnlySpan<int> halo, ReadOnlySpan<int> stride = default)
    {
        if (tile.Rank != image.Rank || halo.Length != image.Rank || (stride.Length != 0 && stride.Length != image.Rank))
            throw new ArgumentException($"Tile, halo and stride must have the rank of the image, {image.Rank}.", nameof(tile));
        var axes = new Interval[image.Rank][];
        for (int axis = 0; axis < axes.Length; axis++)
            axes[axis] = PlanAxis(axis, image[axis], tile[axis], halo[axis], stride.Length == 0 ? 1 : stride[axis]);
        var tiles = new List<Tile>();
        Combine(axes, 0, new Interval[axes.Length], tiles);
        return tiles;
    }

    private static Interval[] PlanAxis(int axis, int image, int tile, int halo, int stride)
    {
        if (image < 1 || tile < 1 || stride < 1 || halo < 0)
            throw new ArgumentException($"Axis {axis}: image {image}, tile {tile} and stride {stride} must be positive, halo {halo} not negative.", nameof(tile));
        int size = RoundUp(tile, stride);
        if (image <= size) return [new Interval(0, image, 0, RoundUp(image, stride))];
        int step = size - (2 * halo);
        if (step < 1)
            throw new ArgumentException($"Axis {axis}: a tile of {size} voxels leaves no core between two halos of {halo}; enlarge the tile or reduce the halo.", nameof(tile));
        // Where a core has room for it, tiles begin at multiples of the stride: the network then samples the image at the same places in all of them.
        int unit = step >= stride ? stride : 1;
        int units = (RoundUp(image, unit) - size) / unit, most = step / unit;
        int count = 1 + ((units + most - 1) / most);
        var intervals = new Interval[count];
        int lower = 0;
        for (int index = 0; index < count; index++)
        {
            int start = Start(index);
            // Neighbouring cores meet in the middle of what both tiles see.
            int upper = index == count - 1 ? image : (start + size + Start(index + 1)) / 2;
            intervals[index] = new Interval(lower, upper, start, start + size);
            lower = upper;
        }

        return intervals;

        int Start(int index) => (int)((long)index * units / (count - 1)) * unit;
    }

    /// <summary>The next multiple of a stride.</summary>
    internal static int RoundUp(int size, int stride) => (size + stride - 1) / stride * stride;

    private static void Combine(Interval[][] axes, int axis, Interval[] chosen, List<Tile> tiles)
    {
        if (axis == axes.Length)
        {
            var core = new Block(Pick(chosen, one => one.CoreLower), Pick(chosen, one => one.CoreUpper));
            tiles.Add(new Tile(core, new Block(Pick(chosen, one => one.Lower), Pick(chosen, one => one.Upper))));
            return;
        }

        foreach (Interval interval in axes[axis])
        {
            chosen[axis] = interval;
            Combine(axes, axis + 1, chosen, tiles);
        }
    }

    private static int[] Pick(Interval[] chosen, Func<Interval, int> bound) => [.. chosen.Select(bound)];

    private readonly record struct Interval(int CoreLower, int CoreUpper, int Lower, int Upper);
}
