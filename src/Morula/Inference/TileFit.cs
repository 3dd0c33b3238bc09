using Morula.Volumes;

namespace Morula.Inference;

/// <summary>The size of tiles with which those of <see cref="Tiling.Plan"/> hold the fewest voxels together.</summary>
internal sealed class TileFit
{
    private const int MostCuts = 200;
    private readonly (int Size, int Count)[][] axes;
    private readonly double[] least;
    private readonly long mostVoxels;
    private readonly int[] chosen;
    private (int[] Sizes, long Voxels, double Work) best = ([], long.MaxValue, double.PositiveInfinity);

    private TileFit(Extent image, long mostVoxels, ReadOnlySpan<int> halo, ReadOnlySpan<int> stride)
    {
        this.mostVoxels = mostVoxels;
        (axes, chosen, least) = (new (int, int)[image.Rank][], new int[image.Rank], new double[image.Rank + 1]);
        least[image.Rank] = 1;
        for (int axis = axes.Length - 1; axis >= 0; axis--)
        {
            axes[axis] = axis < SpatialAxes.First(image.Rank) ? [(image[axis], 1)] : Cuts(image[axis], halo[axis], stride.Length == 0 ? 1 : stride[axis]);
            least[axis] = least[axis + 1] * image[axis];
        }
    }

    /// <summary>Sizes of a tile; those of the image where it is small enough. Time, the first of four axes, is not cut.</summary>
    /// <param name="image">Sizes of the image in voxels.</param>
    /// <param name="mostVoxels">Largest number of voxels of a tile; exceeded only where nothing smaller leaves a core.</param>
    /// <param name="halo">Least surroundings of a core in voxels, one number per axis.</param>
    /// <param name="stride">Sizes of a tile are multiples of this, one number per axis; none means 1.</param>
    public static Extent Of(Extent image, long mostVoxels, ReadOnlySpan<int> halo, ReadOnlySpan<int> stride = default)
    {
        if (image.Count <= mostVoxels) return image;
        var fit = new TileFit(image, mostVoxels, halo, stride);
        fit.Choose(0, 1, 1);
        return new Extent(fit.best.Sizes);
    }

    // The smallest size for each number of tiles along an axis; tiles with less core than half of their surroundings are of no use.
    private static (int Size, int Count)[] Cuts(int image, int halo, int stride)
    {
        var cuts = new List<(int Size, int Count)> { (image, 1) };
        for (int count = 2; count <= MostCuts; count++)
        {
            int size = (image + (2 * halo * (count - 1)) + count - 1) / count;
            size = (size + stride - 1) / stride * stride;
            if (size <= 3 * halo || size <= 1) break;
            if (size < cuts[^1].Size) cuts.Add((size, count));
        }

        return [.. cuts];
    }

    private void Choose(int axis, long voxels, double work)
    {
        // Tiles along an axis are at least as long together as the image.
        if (best.Voxels <= mostVoxels && work * least[axis] >= best.Work) return;
        if (axis == axes.Length)
        {
            bool fits = voxels <= mostVoxels;
            if (fits ? best.Voxels > mostVoxels || work < best.Work : voxels < best.Voxels) best = ([.. chosen], voxels, work);
            return;
        }

        foreach (var (size, count) in axes[axis])
        {
            chosen[axis] = size;
            Choose(axis + 1, voxels * size, work * size * count);
        }
    }
}
