using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Morula.Formats;

/// <summary>Decodes one strip or tile to bytes in the order of this machine.</summary>
internal static class ChunkDecoder
{
    public static void Decode(TiffSource source, TiffPage page, int chunk, Span<byte> decoded)
    {
        bool isDeflate = page.Compression is TiffCompression.Deflate or TiffCompression.OldDeflate;
        if (page.Compression == TiffCompression.None || (isDeflate && page.Predictor == 1))
        {
            if (isDeflate) Inflate(source, page, chunk, decoded);
            else source.Read(page.Offsets[chunk], decoded);
            if (source.IsBigEndian == BitConverter.IsLittleEndian) Reverse(decoded, page.VoxelBytes);
        }
        else
        {
            byte[] bytes = ArrayPool<byte>.Shared.Rent(decoded.Length);
            if (!LibTiffStrip.TryDecode(source, page, chunk, bytes, decoded.Length)) throw Damaged(source, page, chunk);
            bytes.AsSpan(0, decoded.Length).CopyTo(decoded);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // The framework's zlib is native and takes half the time of LibTiff's.
    private static void Inflate(TiffSource source, TiffPage page, int chunk, Span<byte> decoded)
    {
        int count = (int)page.Counts[chunk];
        byte[] packed = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            source.Read(page.Offsets[chunk], packed.AsSpan(0, count));
            using var zlib = new ZLibStream(new MemoryStream(packed, 0, count, writable: false), CompressionMode.Decompress);
            if (zlib.ReadAtLeast(decoded, decoded.Length, throwOnEndOfStream: false) != decoded.Length) throw Damaged(source, page, chunk);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw Damaged(source, page, chunk);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    private static VolumeFormatException Damaged(TiffSource source, TiffPage page, int chunk) =>
        source.Fault($"strip or tile {chunk} of page {page.Index} cannot be decompressed; the file is damaged.");

    private static void Reverse(Span<byte> bytes, int width)
    {
        switch (width)
        {
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                Span<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
