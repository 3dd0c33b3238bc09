using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Morula.Formats;

/// <summary>The chunks of an array on disk, unpacked; from several threads.</summary>
/// <param name="layout">What the metadata say.</param>
internal sealed class ZarrArray(ZarrLayout layout)
{
    // Zstd packs 128 KiB of one value into four bytes; what claims more is damaged.
    private const long MostRatio = 40_000;
    private const int EntryBytes = 16;
    private const int MostTables = 64;
    private readonly ConcurrentDictionary<string, byte[]> tables = new();

    public ZarrLayout Layout => layout;

    /// <summary>The voxels of a chunk in the byte order of this machine, in front of a rented array that goes back to the shared pool; null where there is none.</summary>
    /// <param name="place">Its place in the grid of chunks.</param>
    /// <exception cref="VolumeFormatException">It is damaged; the message names its file.</exception>
    public byte[]? Rent(int[] place)
    {
        int[] file = layout.Shard is { } shard ? [.. place.Select((number, axis) => number / (shard[axis] / layout.Chunk[axis]))] : place;
        string path = layout.FileOf(file);
        // Stores of labels lack most of their chunks; an exception for each would take longer than to read them.
        if (!File.Exists(path)) return null;
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            long length = RandomAccess.GetLength(handle);
            (long offset, long count) = layout.Shard is null ? (0, length) : PlaceInShard(path, handle, place);
            return count == 0 && layout.Shard is not null ? null : Unpack(handle, offset, count);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new VolumeFormatException(path, $"the chunk {string.Join(' ', place)} cannot be read ({fault.Message.ReplaceLineEndings(" ")}); the store is damaged.", fault);
        }
    }

    private byte[] Unpack(SafeFileHandle handle, long offset, long count)
    {
        long most = layout.ChunkBytes + (layout.ChunkBytes / 2) + (1L << 20);
        if (count > most) throw new InvalidDataException($"{count} packed bytes for {layout.ChunkBytes} of voxels");
        if (layout.ChunkBytes > (count * MostRatio) + 4096) throw new InvalidDataException($"{count} packed bytes cannot hold {layout.ChunkBytes}");
        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)count);
        int length = (int)count;
        try
        {
            ReadPart(handle, offset, bytes.AsSpan(0, length));
            for (int index = layout.Codecs.Count - 1; index >= 0; index--)
            {
                // What is packed twice may be somewhat larger in between.
                byte[] room = ArrayPool<byte>.Shared.Rent(index == 0 ? layout.ChunkBytes : (int)most);
                (byte[] packed, int packedLength) = (bytes, length);
                bytes = room;
                try
                {
                    length = layout.Codecs[index].Unpack(packed.AsSpan(0, packedLength), room.AsSpan(0, index == 0 ? layout.ChunkBytes : (int)most));
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(packed);
                }
            }

            if (length != layout.ChunkBytes) throw new InvalidDataException($"{length} bytes instead of {layout.ChunkBytes}");
            if (layout.IsBigEndian) ByteOrder.Reverse(bytes.AsSpan(0, length), TiffPage.SizeOf(layout.Type));
            return bytes;
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(bytes);
            throw;
        }
    }

    // No bytes where the shard lacks the chunk.
    private (long Offset, long Count) PlaceInShard(string path, SafeFileHandle handle, int[] place)
    {
        byte[] table = tables.GetOrAdd(path, _ => ReadTable(handle));
        if (tables.Count > MostTables) tables.Clear();
        long entry = 0;
        for (int axis = 0; axis < place.Length; axis++)
        {
            int across = layout.Shard![axis] / layout.Chunk[axis];
            entry = (entry * across) + (place[axis] % across);
        }

        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(table.AsSpan((int)entry * EntryBytes));
        ulong count = BinaryPrimitives.ReadUInt64LittleEndian(table.AsSpan(((int)entry * EntryBytes) + 8));
        if (offset == ulong.MaxValue && count == ulong.MaxValue) return (0, 0);
        if (offset > long.MaxValue || count > long.MaxValue) throw new InvalidDataException("its place in the shard is none");
        return ((long)offset, (long)count);
    }

    private byte[] ReadTable(SafeFileHandle handle)
    {
        long bytes = EntryBytes;
        for (int axis = 0; axis < layout.Chunk.Length; axis++) bytes *= layout.Shard![axis] / layout.Chunk[axis];
        if (layout.HasIndexChecksum) bytes += 4;
        if (bytes > RandomAccess.GetLength(handle)) throw new InvalidDataException("its file is too short for the table of a shard");
        var table = new byte[bytes];
        ReadPart(handle, layout.IsIndexLast ? RandomAccess.GetLength(handle) - bytes : 0, table);
        if (!layout.HasIndexChecksum) return table;
        return ByteCodecs.Checksum(table.AsSpan(0, table.Length - 4)) == BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(table.Length - 4))
            ? table
            : throw new InvalidDataException("the checksum of the shard's table does not agree");
    }

    private static void ReadPart(SafeFileHandle handle, long offset, Span<byte> target)
    {
        if (offset < 0 || target.Length > RandomAccess.GetLength(handle) - offset) throw new InvalidDataException("its file is too short");
        while (target.Length > 0)
        {
            int read = RandomAccess.Read(handle, target, offset);
            if (read == 0) throw new InvalidDataException("its file ended while it was read");
            target = target[read..];
            offset += read;
        }
    }
}
