using System.Buffers;
using System.Runtime.ExceptionServices;
using Morula.Volumes;
using ZstdSharp;

namespace Morula.Formats;

/// <summary>Writes one array: chunks that hold anything but 0, side by side on all cores.</summary>
internal static class ZarrArrayWriter
{
    // A chunk has about 2^18 voxels, cubic where the volume is deep enough.
    private const int Side = 64;
    private const int PackingLevel = 3;

    public static void Write(string folder, StoredVoxels voxels)
    {
        Directory.CreateDirectory(folder);
        Extent chunk = ChunkOf(voxels.Extent);
        ZarrText.WriteArray(folder, voxels, chunk);
        Extent held = VoxelAsking.Chunks(voxels.Extent, voxels.Piece, chunk, voxels.VoxelBytes);
        byte[] bytes = [];
        foreach (Block slab in voxels.Extent.Split(held))
        {
            int count = (int)(slab.Extent.Count * voxels.VoxelBytes);
            if (bytes.Length < count) bytes = new byte[count];
            HeldVoxels.Fill(voxels, slab, bytes.AsSpan(0, count));
            WriteChunks(folder, voxels, chunk, slab, bytes);
        }
    }

    /// <summary>Sizes of a chunk: one frame, at most 64 slices, and more rows and columns where there are fewer slices.</summary>
    public static Extent ChunkOf(Extent extent)
    {
        int rank = extent.Rank;
        int slices = rank >= 3 ? Math.Min(Side, extent[rank - 3]) : 1;
        int side = Side * (int)Math.Sqrt((double)Side / slices);
        int[] sizes = [.. new[] { 1, slices, side, side }[(4 - rank)..]];
        return new Extent([.. sizes.Select((size, axis) => Math.Min(size, extent[axis]))]);
    }

    private static void WriteChunks(string folder, StoredVoxels voxels, Extent chunk, Block slab, byte[] bytes)
    {
        Block[] chunks = [.. slab.Extent.Split(chunk)];
        try
        {
            Parallel.For(0, chunks.Length, () => new Compressor(PackingLevel), (index, _, zstd) =>
            {
                int size = (int)chunk.Count * voxels.VoxelBytes;
                byte[] rented = ArrayPool<byte>.Shared.Rent(size);
                byte[] packed = ArrayPool<byte>.Shared.Rent(Compressor.GetCompressBound(size));
                Span<byte> stored = rented.AsSpan(0, size);
                stored.Clear();
                HeldVoxels.Copy(bytes, chunks[index], slab.Extent, stored, new int[chunk.Rank], chunk, voxels.VoxelBytes);
                if (stored.ContainsAnyExcept((byte)0)) Save(folder, voxels.ZarrFormat, [.. Enumerable.Range(0, chunk.Rank).Select(axis => (slab.Lower[axis] + chunks[index].Lower[axis]) / chunk[axis])], packed.AsSpan(0, zstd.Wrap(stored, packed)));
                ArrayPool<byte>.Shared.Return(rented);
                ArrayPool<byte>.Shared.Return(packed);
                return zstd;
            }, zstd => zstd.Dispose());
        }
        catch (AggregateException faults) when (faults.InnerExceptions.OfType<IOException>().FirstOrDefault() is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private static void Save(string folder, int version, int[] place, ReadOnlySpan<byte> packed)
    {
        string path = ZarrText.FileOf(folder, version, place);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, packed);
    }
}
