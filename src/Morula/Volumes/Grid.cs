namespace Morula.Volumes;

/// <summary>Voxels of one kind on a regular grid, contiguous, last axis fastest.</summary>
/// <typeparam name="TVoxel">Type of one voxel.</typeparam>
public abstract class Grid<TVoxel>
    where TVoxel : unmanaged
{
    private protected Grid(Extent extent, Spacing spacing, TVoxel[] voxels)
    {
        if (spacing.Rank != extent.Rank)
            throw new ArgumentException($"The spacing has rank {spacing.Rank} but the extent has rank {extent.Rank}.", nameof(spacing));
        if (voxels.LongLength != extent.Count)
            throw new ArgumentException($"{voxels.LongLength} voxels do not fill {extent} ({extent.Count}).", nameof(voxels));
        Extent = extent;
        Spacing = spacing;
        Voxels = voxels;
    }

    /// <summary>Sizes in voxels.</summary>
    public Extent Extent { get; }

    /// <summary>Step between voxels.</summary>
    public Spacing Spacing { get; }

    /// <summary>Number of axes.</summary>
    public int Rank => Extent.Rank;

    /// <summary>All voxels, last axis fastest.</summary>
    public TVoxel[] Voxels { get; }

    /// <summary>Copies a block, which may reach outside; what lies outside is <paramref name="fill"/>.</summary>
    private protected TVoxel[] Cut(Block block, TVoxel fill)
    {
        var target = new TVoxel[block.Extent.Count];
        Block inside = block.ClipTo(Extent);
        if (inside != block) Array.Fill(target, fill);
        if (inside.IsEmpty) return target;
        long[] from = Extent.Strides();
        long[] to = block.Extent.Strides();
        CutAxis(0, 0, 0);
        return target;

        void CutAxis(int axis, long source, long destination)
        {
            int start = inside.Lower[axis];
            int count = inside.Upper[axis] - start;
            source += start * from[axis];
            destination += (start - block.Lower[axis]) * to[axis];
            if (axis == Rank - 1)
            {
                Voxels.AsSpan((int)source, count).CopyTo(target.AsSpan((int)destination, count));
                return;
            }

            for (int index = 0; index < count; index++)
                CutAxis(axis + 1, source + (index * from[axis]), destination + (index * to[axis]));
        }
    }

    /// <summary>The voxels of a block; of what lies outside, those nearest to it.</summary>
    private protected TVoxel[] CutToEdge(Block block)
    {
        var target = new TVoxel[block.Extent.Count];
        long[] strides = Extent.Strides();
        long[][] places = [.. Enumerable.Range(0, Rank).Select(axis => Enumerable.Range(block.Lower[axis], block.Extent[axis])
            .Select(place => Math.Clamp(place, 0, Extent[axis] - 1) * strides[axis]).ToArray())];
        int filled = 0;
        Fill(0, 0);
        return target;

        void Fill(int axis, long source)
        {
            foreach (long place in places[axis])
            {
                if (axis == Rank - 1) target[filled++] = Voxels[source + place];
                else Fill(axis + 1, source + place);
            }
        }
    }

    /// <summary>Copies another grid into this one, which holds all of it.</summary>
    /// <param name="part">Of the same rank.</param>
    /// <param name="corner">Place of its first voxel here.</param>
    private protected void PasteAt(Grid<TVoxel> part, ReadOnlySpan<int> corner)
    {
        long[] from = part.Extent.Strides();
        long[] to = Extent.Strides();
        int[] offset = corner.ToArray();
        PasteAxis(0, 0, 0);

        void PasteAxis(int axis, long source, long destination)
        {
            destination += offset[axis] * to[axis];
            int count = part.Extent[axis];
            if (axis == Rank - 1)
            {
                part.Voxels.AsSpan((int)source, count).CopyTo(Voxels.AsSpan((int)destination, count));
                return;
            }

            for (int index = 0; index < count; index++)
                PasteAxis(axis + 1, source + (index * from[axis]), destination + (index * to[axis]));
        }
    }
}
