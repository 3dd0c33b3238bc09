using System.Buffers.Binary;
using System.IO.Compression;
using K4os.Compression.LZ4;
using ZstdSharp;

namespace Morula.Formats;

/// <summary>The packings of chunks, by the names that Zarr and numcodecs give them.</summary>
internal static class ByteCodecs
{
    /// <summary>The names that are known.</summary>
    public const string Known = "blosc, zstd, gzip, zlib, lz4, crc32c";

    /// <summary>A packing; null where the name is not known.</summary>
    public static ByteCodec? Of(string? name) => name switch
    {
        "blosc" => new ByteCodec(name, BloscDecoder.Unpack),
        "zstd" => new ByteCodec(name, ZstdFrames),
        "gzip" => new ByteCodec(name, (packed, room) => Unpack(new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress), room)),
        "zlib" => new ByteCodec(name, (packed, room) => Unpack(new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress), room)),
        "lz4" => new ByteCodec(name, Lz4WithSize),
        "crc32c" => new ByteCodec(name, WithoutChecksum),
        _ => null,
    };

    /// <summary>Unpacks one run of a compressor into all of the target.</summary>
    public static void Zlib(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        using var stream = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length) throw new InvalidDataException("too few bytes unpacked");
    }

    /// <inheritdoc cref="Zlib"/>
    public static void Lz4(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        if (LZ4Codec.Decode(packed, target) != target.Length) throw new InvalidDataException("damaged lz4");
    }

    /// <inheritdoc cref="Zlib"/>
    public static void Zstd(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        if (ZstdFrames(packed, target) != target.Length) throw new InvalidDataException("too few bytes unpacked");
    }

    /// <summary>CRC-32C (Castagnoli), as the last four bytes of a chunk hold it.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = ~0u;
        foreach (byte value in bytes) sum = System.Numerics.BitOperations.Crc32C(sum, value);
        return ~sum;
    }

    private static int ZstdFrames(ReadOnlySpan<byte> packed, Span<byte> room)
    {
        try
        {
            using var zstd = new Decompressor();
            return zstd.Unwrap(packed, room);
        }
        catch (ZstdException fault)
        {
            throw new InvalidDataException("damaged zstd", fault);
        }
    }

    private static int Lz4WithSize(ReadOnlySpan<byte> packed, Span<byte> room)
    {
        uint count = packed.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(packed);
        if (count > room.Length) throw new InvalidDataException($"lz4 claims {count} bytes");
        Lz4(packed[4..], room[..(int)count]);
        return (int)count;
    }

    private static int WithoutChecksum(ReadOnlySpan<byte> packed, Span<byte> room)
    {
        if (packed.Length < 4) throw new InvalidDataException("too short for a checksum");
        ReadOnlySpan<byte> bytes = packed[..^4];
        if (bytes.Length > room.Length) throw new InvalidDataException($"{bytes.Length} bytes are too many");
        if (Checksum(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(packed[^4..])) throw new InvalidDataException("its checksum (crc32c) does not agree");
        bytes.CopyTo(room);
        return bytes.Length;
    }

    private static int Unpack(Stream stream, Span<byte> room)
    {
        using (stream)
        {
            int count = stream.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
            return stream.ReadByte() < 0 ? count : throw new InvalidDataException($"unpacks to more than {room.Length} bytes");
        }
    }
}
