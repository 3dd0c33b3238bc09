namespace Morula.Volumes;

/// <summary>Resampling in which each voxel takes the value of the nearest one.</summary>
internal static class NearestResampling
{
    /// <summary>The block of the source, of <paramref name="from"/> voxels in all, that a block of the target is made of.</summary>
    public static Block SourceOf(Extent from, Extent to, Block target)
    {
        var (lower, upper) = (new int[from.Rank], new int[from.Rank]);
        for (int axis = 0; axis < from.Rank; axis++)
        {
            lower[axis] = Nearest(from[axis], to[axis], target.Lower[axis]);
            upper[axis] = Nearest(from[axis], to[axis], target.Upper[axis] - 1) + 1;
        }

        return new Block(lower, upper);
    }

    /// <summary>A block of the target, from the voxels of <see cref="SourceOf"/> alone.</summary>
    /// <param name="voxels">Of the block of the source.</param>
    /// <param name="from">Sizes of the whole source.</param>
    /// <param name="to">Sizes of the whole target.</param>
    /// <param name="target">Within the target.</param>
    public static TVoxel[] Apply<TVoxel>(TVoxel[] voxels, Extent from, Extent to, Block target)
        where TVoxel : unmanaged
    {
        if (from == to) return voxels;
        Block source = SourceOf(from, to, target);
        int rank = from.Rank;
        var places = new int[rank][];
        for (int axis = 0; axis < rank; axis++)
        {
            int lower = source.Lower[axis];
            places[axis] = [.. Enumerable.Range(target.Lower[axis], target.Extent[axis]).Select(index => Nearest(from[axis], to[axis], index) - lower)];
        }

        var result = new TVoxel[target.Extent.Count];
        long[] strides = source.Extent.Strides();
        long[] steps = target.Extent.Strides();
        Parallel.For(0, target.Extent[0], index => Fill(0, index, 0, 0));
        return result;

        void Fill(int axis, int index, long read, long written)
        {
            read += places[axis][index] * strides[axis];
            written += index * steps[axis];
            if (axis == rank - 1)
            {
                result[written] = voxels[read];
                return;
            }

            for (int next = 0; next < places[axis + 1].Length; next++) Fill(axis + 1, next, read, written);
        }
    }

    private static int Nearest(int from, int to, int index) => Math.Min(from - 1, (int)((index + 0.5) * from / to));
}
