using System.Buffers.Binary;

namespace Morula.Formats;

/// <summary>Unpacks chunks of Blosc, format version 2 (c-blosc 1.x, README_CHUNK_FORMAT): blocks, shuffled by bytes or bits, packed by one of several compressors.</summary>
internal static class BloscDecoder
{
    private const int HeaderBytes = 16;

    // Flags.
    private const int ByBytes = 1;
    private const int Plain = 2;
    private const int ByBits = 4;
    private const int Unsplit = 16;

    private const int MostSplits = 16;
    private const int LeastSplitBytes = 128;

    /// <summary>Unpacks a chunk into the front of a room and gives the number of bytes.</summary>
    public static int Unpack(ReadOnlySpan<byte> packed, Span<byte> room)
    {
        if (packed.Length < HeaderBytes) throw new InvalidDataException("too short for blosc");
        int typeBytes = packed[3];
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(packed[4..]);
        uint blockBytes = BinaryPrimitives.ReadUInt32LittleEndian(packed[8..]);
        if (packed[0] is < 1 or > 2 || typeBytes == 0) throw new InvalidDataException("not of blosc's format version 2");
        if (count > room.Length || (count > 0 && blockBytes == 0)) throw new InvalidDataException($"blosc claims {count} bytes in blocks of {blockBytes}");
        Span<byte> target = room[..(int)count];
        if ((packed[2] & Plain) == 0) UnpackBlocks(packed, typeBytes, (int)Math.Min(blockBytes, count), target);
        else if (packed.Length - HeaderBytes < count) throw new InvalidDataException("blosc chunk is too short");
        else packed.Slice(HeaderBytes, (int)count).CopyTo(target);
        return (int)count;
    }

    private static void UnpackBlocks(ReadOnlySpan<byte> packed, int typeBytes, int block, Span<byte> target)
    {
        if (target.Length == 0) return;
        int flags = packed[2];
        int blocks = (int)(((long)target.Length + block - 1) / block);
        if (HeaderBytes + (4L * blocks) > packed.Length) throw new InvalidDataException("damaged blosc");
        var mixed = new byte[block];
        for (int index = 0; index < blocks; index++)
        {
            int start = BinaryPrimitives.ReadInt32LittleEndian(packed[(HeaderBytes + (4 * index))..]);
            if (start < HeaderBytes || start > packed.Length) throw new InvalidDataException("damaged blosc");
            Span<byte> into = target.Slice(index * block, Math.Min(block, target.Length - (index * block)));
            bool isSplit = (flags & Unsplit) == 0 && into.Length == block && typeBytes <= MostSplits && block / typeBytes >= LeastSplitBytes;
            Span<byte> part = mixed.AsSpan(0, into.Length);
            UnpackBlock(packed[start..], flags >> 5, isSplit ? typeBytes : 1, part);
            if ((flags & ByBytes) != 0 && typeBytes > 1) Shuffle.Bytes(part, typeBytes, into);
            else if ((flags & ByBits) != 0) Shuffle.Bits(part, typeBytes, into);
            else part.CopyTo(into);
        }
    }

    private static void UnpackBlock(ReadOnlySpan<byte> packed, int compressor, int splits, Span<byte> target)
    {
        int size = target.Length / splits;
        if (size * splits != target.Length) throw new InvalidDataException("damaged blosc");
        for (int split = 0; split < splits; split++)
        {
            if (packed.Length < 4) throw new InvalidDataException("damaged blosc");
            int bytes = BinaryPrimitives.ReadInt32LittleEndian(packed);
            if (bytes < 0 || bytes > packed.Length - 4) throw new InvalidDataException("damaged blosc");
            ReadOnlySpan<byte> run = packed.Slice(4, bytes);
            Span<byte> into = target.Slice(split * size, size);
            if (bytes == size) run.CopyTo(into);
            else UnpackRun(run, compressor, into);
            packed = packed[(4 + bytes)..];
        }
    }

    private static void UnpackRun(ReadOnlySpan<byte> run, int compressor, Span<byte> target)
    {
        switch (compressor)
        {
            case 0: BloscLz.Unpack(run, target); break;
            case 1: ByteCodecs.Lz4(run, target); break;
            case 3: ByteCodecs.Zlib(run, target); break;
            case 4: ByteCodecs.Zstd(run, target); break;
            default: throw new InvalidDataException($"blosc's compressor {compressor} is not read; expected blosclz, lz4, zlib or zstd");
        }
    }
}
