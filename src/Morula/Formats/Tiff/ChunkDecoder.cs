using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace Morula.Formats;

/// <summary>
/// Decodes one strip or tile to bytes in the order of this machine. LibTiff gets it as a file of one strip in memory, with a
/// directory that has been checked: it never sees the user's, counts no pages, and every thread has its own.
/// </summary>
internal static class ChunkDecoder
{
    static ChunkDecoder() => Tiff.SetErrorHandler(new SilentHandler());

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
            DecodeByLibTiff(source, page, chunk, decoded);
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

    private static void DecodeByLibTiff(TiffSource source, TiffPage page, int chunk, Span<byte> decoded)
    {
        byte[] file = SingleStripFile(source, page, chunk, out int length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(decoded.Length);
        try
        {
            if (DecodeStrip(file, length, bytes, decoded.Length) != decoded.Length)
                throw Damaged(source, page, chunk);
            bytes.AsSpan(0, decoded.Length).CopyTo(decoded);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<byte>.Shared.Return(file);
        }
    }

    // The decoders of LibTiff index without checks of their own: damaged input shows as any exception.
    private static int DecodeStrip(byte[] file, int length, byte[] target, int count)
    {
        try
        {
            using var stream = new MemoryStream(file, 0, length, writable: false);
            using Tiff? tiff = Tiff.ClientOpen("strip", "r", stream, new TiffStream());
            return tiff?.ReadEncodedStrip(0, target, 0, count) ?? -1;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return -1;
        }
    }

    private static byte[] SingleStripFile(TiffSource source, TiffPage page, int chunk, out int length)
    {
        (int format, int bits) = (FormatOf(page.Type), page.VoxelBytes * 8);
        int samples = page.SamplesPerChunk;
        int rows = page.RowsOf(chunk);
        const int Entries = 12;
        const int Arrays = 8 + 2 + (Entries * 12) + 4;
        int data = Arrays + (4 * samples);
        int count = (int)page.Counts[chunk];
        length = data + count;
        byte[] file = ArrayPool<byte>.Shared.Rent(length);
        file.AsSpan(0, data).Clear();
        // The predictor of floating point splits values into planes of bytes, whose order is that of no machine: nothing may be swapped.
        bool isBigEndian = page.Predictor == 3 ? !BitConverter.IsLittleEndian : source.IsBigEndian;
        var writer = new TiffFields(file, isBigEndian, Entries);
        writer.Long(TiffTag.ImageWidth, page.ChunkWidth);
        writer.Long(TiffTag.ImageLength, rows);
        writer.Shorts(TiffTag.BitsPerSample, bits, samples, Arrays);
        writer.Short(TiffTag.Compression, (int)page.Compression);
        writer.Short(TiffTag.Photometric, 1);
        writer.Long(TiffTag.StripOffsets, data);
        writer.Short(TiffTag.SamplesPerPixel, samples);
        writer.Long(TiffTag.RowsPerStrip, rows);
        writer.Long(TiffTag.StripByteCounts, count);
        writer.Short(TiffTag.PlanarConfiguration, 1);
        writer.Short(TiffTag.Predictor, page.Predictor);
        writer.Shorts(TiffTag.SampleFormat, format, samples, Arrays + (2 * samples));
        source.Read(page.Offsets[chunk], file.AsSpan(data, count));
        return file;
    }

    private static int FormatOf(VoxelType type) => type switch
    {
        VoxelType.Float32 or VoxelType.Float64 => 3,
        VoxelType.Int8 or VoxelType.Int16 or VoxelType.Int32 or VoxelType.Int64 => 2,
        _ => 1,
    };

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

    private sealed class SilentHandler : TiffErrorHandler
    {
        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }
    }
}
