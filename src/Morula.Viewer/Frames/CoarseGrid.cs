using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>The grid on which a whole frame is shown: fine where the frame is small, else coarser along the axes with the smallest voxels first.</summary>
internal static class CoarseGrid
{
    /// <summary>Voxels that a coarse frame has at most: 128^3.</summary>
    public const int Most = 1 << 21;

    /// <summary>Sizes of the coarse grid, which covers the same field.</summary>
    /// <param name="extent">Sizes of the frame, Z Y X.</param>
    /// <param name="spacing">Its voxels.</param>
    public static Extent Of(Extent extent, Spacing spacing)
    {
        int[] factors = [.. Enumerable.Repeat(1, extent.Rank)];
        Extent coarse = extent;
        while (coarse.Count > Most)
        {
            int finest = Enumerable.Range(0, extent.Rank).Where(axis => coarse[axis] > 1).MinBy(axis => spacing[axis] * factors[axis]);
            factors[finest] *= 2;
            coarse = new Extent([.. factors.Select((factor, axis) => ((extent[axis] - 1) / factor) + 1)]);
        }

        return coarse;
    }

    /// <summary>First voxel of a frame that a coarse voxel covers, along one axis; that of the next is where it ends.</summary>
    public static int Start(int index, int coarse, int fine) => (int)((long)index * fine / coarse);

    /// <summary>The voxel of a frame in the middle of a coarse one, along one axis.</summary>
    public static int Middle(int index, int coarse, int fine) => Math.Min(fine - 1, (int)((index + 0.5) * fine / coarse));
}
