using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>Labels on a coarse grid.</summary>
internal static class CoarseLabels
{
    /// <summary>The labels in the middle of every coarse voxel; planes in between are never read.</summary>
    /// <param name="read">Gives the labels of a block, from any thread.</param>
    /// <param name="extent">Sizes of the frame, Z Y X.</param>
    /// <param name="spacing">Its voxels.</param>
    /// <param name="coarse">Sizes of the coarse grid.</param>
    /// <param name="cancellation">Stops between planes.</param>
    public static LabelVolume Whole(Func<Block, LabelVolume> read, Extent extent, Spacing spacing, Extent coarse, CancellationToken cancellation)
    {
        var labels = new LabelVolume(coarse, spacing.Rescale(extent, coarse));
        int[] rows = Middles(coarse[1], extent[1]), columns = Middles(coarse[2], extent[2]);
        Parallel.For(0, coarse[0], new ParallelOptions { CancellationToken = cancellation }, plane =>
        {
            int[] voxels = read(CoarseImage.PlaneOf(extent, 0, CoarseGrid.Middle(plane, coarse[0], extent[0]))).Voxels;
            int place = plane * rows.Length * columns.Length;
            foreach (int row in rows)
            {
                foreach (int column in columns) labels.Voxels[place++] = voxels[(row * extent[2]) + column];
            }
        });
        return labels;
    }

    private static int[] Middles(int coarse, int fine) => [.. Enumerable.Range(0, coarse).Select(index => CoarseGrid.Middle(index, coarse, fine))];
}
