using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Blocks larger than what is asked for at once, and blocks cut out of others, as bytes.</summary>
internal static class HeldVoxels
{
    /// <summary>Fills a block by asking for parts of it.</summary>
    public static void Fill(StoredVoxels voxels, Block block, Span<byte> target)
    {
        int[] asked = [.. VoxelAsking.Asked(voxels.Extent, voxels.Piece, voxels.MostAsked).Sizes.ToArray().Zip(block.Extent.Sizes.ToArray(), Math.Min)];
        byte[] part = [];
        foreach (Block inside in block.Extent.Split(new Extent(asked)))
        {
            if (inside.Extent == block.Extent)
            {
                voxels.Fill(block, target);
                return;
            }

            int bytes = (int)(inside.Extent.Count * voxels.VoxelBytes);
            if (part.Length < bytes) part = new byte[bytes];
            voxels.Fill(inside.Shift(block.Lower), part.AsSpan(0, bytes));
            Copy(part, inside.Extent.Whole, inside.Extent, target, inside.Lower, block.Extent, voxels.VoxelBytes);
        }
    }

    /// <summary>Copies a block of one volume to a place in another, row by row.</summary>
    /// <param name="source">Bytes of the one.</param>
    /// <param name="block">What is copied of it.</param>
    /// <param name="sourceExtent">Its sizes.</param>
    /// <param name="target">Bytes of the other.</param>
    /// <param name="place">Where the block's lower corner comes to lie.</param>
    /// <param name="targetExtent">Sizes of the other.</param>
    /// <param name="voxelBytes">Bytes of a voxel.</param>
    public static void Copy(ReadOnlySpan<byte> source, Block block, Extent sourceExtent, Span<byte> target, ReadOnlySpan<int> place, Extent targetExtent, int voxelBytes)
    {
        int rank = block.Rank;
        (long[] from, long[] to) = (sourceExtent.Strides(), targetExtent.Strides());
        int row = block.Extent[rank - 1] * voxelBytes;
        long rows = block.Extent.Count / block.Extent[rank - 1];
        var position = new int[rank];
        for (long line = 0; line < rows; line++)
        {
            (long first, long second) = (0, 0);
            for (int axis = 0; axis < rank; axis++)
            {
                first += (block.Lower[axis] + position[axis]) * from[axis];
                second += (place[axis] + position[axis]) * to[axis];
            }

            source.Slice((int)(first * voxelBytes), row).CopyTo(target[(int)(second * voxelBytes)..]);
            for (int axis = rank - 2; axis >= 0 && ++position[axis] == block.Extent[axis]; axis--) position[axis] = 0;
        }
    }
}
