using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>Planes and rows of a coarse grid, and the block of the frame that they are made of.</summary>
/// <param name="FirstPlane">First coarse plane.</param>
/// <param name="Planes">Number of coarse planes.</param>
/// <param name="FirstRow">First coarse row.</param>
/// <param name="Rows">Number of coarse rows.</param>
/// <param name="Fine">Of the frame: from the middle of the first plane to that of the last, all that the rows cover.</param>
internal sealed record CoarsePart(int FirstPlane, int Planes, int FirstRow, int Rows, Block Fine)
{
    /// <summary>Voxels of a block that are read at once where it can be cut.</summary>
    private const int MostVoxels = 1 << 22;

    /// <summary>Parts that cover the coarse grid: planes that the file holds together are read together, and no others.</summary>
    /// <param name="fine">Sizes of the frame, Z Y X.</param>
    /// <param name="coarse">Sizes of the coarse grid.</param>
    /// <param name="piece">What the file holds together.</param>
    public static IReadOnlyList<CoarsePart> Of(Extent fine, Extent coarse, Extent piece)
    {
        var parts = new List<CoarsePart>();
        for (int first = 0, last; first < coarse[0]; first = last)
        {
            int start = CoarseGrid.Middle(first, coarse[0], fine[0]);
            int end = ((start / piece[0]) + 1) * piece[0];
            for (last = first + 1; last < coarse[0] && CoarseGrid.Middle(last, coarse[0], fine[0]) < end;) last++;
            int stop = CoarseGrid.Middle(last - 1, coarse[0], fine[0]) + 1;
            int rows = RowsOf(fine, coarse, stop - start);
            for (int row = 0; row < coarse[1]; row += rows)
            {
                int count = Math.Min(rows, coarse[1] - row);
                var block = new Block([start, CoarseGrid.Start(row, coarse[1], fine[1]), 0], [stop, CoarseGrid.Start(row + count, coarse[1], fine[1]), fine[2]]);
                parts.Add(new CoarsePart(first, last - first, row, count, block));
            }
        }

        return parts;
    }

    /// <summary>Goes through parts on a few threads.</summary>
    public static void ForAll(IReadOnlyList<CoarsePart> parts, Action<CoarsePart> act, CancellationToken cancellation)
    {
        const int threads = 4;
        Parallel.ForEach(parts, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Min(threads, Environment.ProcessorCount) }, act);
    }

    private static int RowsOf(Extent fine, Extent coarse, int planes)
    {
        long row = (long)planes * fine[2] * ((fine[1] - 1) / coarse[1] + 1);
        return (int)Math.Clamp(MostVoxels / row, 1, coarse[1]);
    }
}
