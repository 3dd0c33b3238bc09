using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Stored voxels from front to back, for files that want them in one run; a bounded part of them is held. For one thread.</summary>
internal sealed class VoxelRuns
{
    private const int ChunkBytes = 1 << 20;
    private readonly StoredVoxels voxels;
    private readonly long[] strides;
    private readonly Extent run;
    private byte[] held = [];
    private long first;
    private long end;

    public VoxelRuns(StoredVoxels voxels)
    {
        this.voxels = voxels;
        strides = voxels.Extent.Strides();
        run = VoxelAsking.Run(voxels.Extent, VoxelAsking.Asked(voxels.Extent, voxels.Piece, voxels.MostAsked), voxels.VoxelBytes);
    }

    /// <summary>The bytes from a voxel on; going back costs asking again.</summary>
    public void Read(long start, Span<byte> target)
    {
        while (target.Length > 0)
        {
            if (start < first || start >= end) Hold(start);
            int count = (int)Math.Min(target.Length, (end - start) * voxels.VoxelBytes);
            held.AsSpan((int)((start - first) * voxels.VoxelBytes), count).CopyTo(target);
            target = target[count..];
            start += count / voxels.VoxelBytes;
        }
    }

    /// <summary>Writes all voxels.</summary>
    public void CopyTo(Stream stream)
    {
        var chunk = new byte[ChunkBytes];
        for (long start = 0; start < voxels.Extent.Count; start += ChunkBytes / voxels.VoxelBytes)
        {
            Span<byte> part = chunk.AsSpan(0, (int)Math.Min(ChunkBytes, (voxels.Extent.Count - start) * voxels.VoxelBytes));
            Read(start, part);
            stream.Write(part);
        }
    }

    // A run begins at a multiple of its sizes and is whole along the axes behind the first that is cut, so that it is contiguous.
    private void Hold(long start)
    {
        var (lower, upper) = (new int[strides.Length], new int[strides.Length]);
        for (int axis = 0; axis < strides.Length; axis++)
        {
            int place = (int)(start / strides[axis] % voxels.Extent[axis]);
            lower[axis] = place / run[axis] * run[axis];
            upper[axis] = Math.Min(lower[axis] + run[axis], voxels.Extent[axis]);
        }

        var block = new Block(lower, upper);
        int bytes = (int)(block.Extent.Count * voxels.VoxelBytes);
        if (held.Length < bytes) held = new byte[bytes];
        (first, end) = (0, 0);
        HeldVoxels.Fill(voxels, block, held.AsSpan(0, bytes));
        for (int axis = 0; axis < strides.Length; axis++) first += lower[axis] * strides[axis];
        end = first + block.Extent.Count;
    }
}
