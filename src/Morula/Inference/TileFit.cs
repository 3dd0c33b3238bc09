using Morula.Volumes;

namespace Morula.Inference;

/// <summary>The size of tiles with which those of <see cref="Tiling.Plan"/> hold the fewest voxels together.</summary>
internal sealed class TileFit
{
    private readonly (int Size, int Count)[][] axes;
    private readonly double[] least;
    private readonly long mostVoxels;
    private readonly int[] chosen;
    private readonly long smallest = 1;
    private (int[] Sizes, long Voxels, double Work) best = ([], long.MaxValue, double.PositiveInfinity);

    private TileFit(Extent image, long mostVoxels, ReadOnlySpan<int> halo, ReadOnlySpan<int> stride)
    {
        this.mostVoxels = mostVoxels;
        (axes, chosen, least) = (new (int, int)[image.Rank][], new int[image.Rank], new double[image.Rank + 1]);
        least[image.Rank] = 1;
        for (int axis = axes.Length - 1; axis >= 0; axis--)
        {
            bool isTime = axis < SpatialAxes.First(image.Rank);
            axes[axis] = Cuts(image[axis], halo[axis], stride.Length == 0 ? 1 : stride[axis], isTime ? 1 : image[axis]);
            smallest *= isTime ? image[axis] : Math.Min(image[axis], (2 * halo[axis]) + 1);
            least[axis] = least[axis + 1] * image[axis];
        }
    }

    /// <summary>Sizes of a tile; those of the image where it is small enough. Time, the first of four axes, is not cut.</summary>
    /// <param name="image">Sizes of the image in voxels.</param>
    /// <param name="mostVoxels">Largest number of voxels of a tile; exceeded only where no multiples of the stride are small enough.</param>
    /// <param name="halo">Least surroundings of a core in voxels, one number per axis.</param>
    /// <param name="stride">Sizes of a tile are multiples of this, one number per axis; none means 1.</param>
    /// <exception cref="ArgumentException">No tile so small leaves a core.</exception>
    public static Extent Of(Extent image, long mostVoxels, ReadOnlySpan<int> halo, ReadOnlySpan<int> stride = default)
    {
        if (image.Count <= mostVoxels) return image;
        var fit = new TileFit(image, mostVoxels, halo, stride);
        if (fit.smallest > mostVoxels)
            throw new ArgumentException($"a tile of {mostVoxels} voxels leaves no core between halos of {string.Join(' ', halo.ToArray())}; enlarge the tile or reduce the halo.", nameof(mostVoxels));
        fit.Choose(0, 1, 1);
        return new Extent(fit.best.Sizes);
    }

    // The smallest size for each number of tiles along an axis.
    private static (int Size, int Count)[] Cuts(int image, int halo, int stride, int most)
    {
        var cuts = new List<(int Size, int Count)> { (image, 1) };
        for (int count = 2; count <= most; count++)
        {
            int size = Tiling.RoundUp(Share(image + (2 * halo * (count - 1)), count), stride);
            // Tiles whose cores have room for it begin at multiples of the stride.
            if (size >= (2 * halo) + stride) size = stride * Share(Share(image, stride) + (Share(2 * halo, stride) * (count - 1)), count);
            if (size <= 2 * halo) break;
            if (size < cuts[^1].Size) cuts.Add((size, count));
        }

        return [.. cuts];
    }

    private static int Share(int size, int count) => (size + count - 1) / count;

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
