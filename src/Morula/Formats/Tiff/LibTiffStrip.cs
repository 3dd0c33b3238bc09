using System.Buffers;
using BitMiracle.LibTiff.Classic;

namespace Morula.Formats;

/// <summary>
/// Decodes a packed strip or tile by LibTiff, which gets it as a file of one strip in memory, with a directory that has been
/// checked: it never sees the user's, counts no pages, and every thread has its own.
/// </summary>
internal static class LibTiffStrip
{
    private const int Entries = 12;
    private const int ArraysAt = 8 + 2 + (Entries * 12) + 4;

    static LibTiffStrip() => Tiff.SetErrorHandler(new SilentTiffHandler());

    /// <summary>Fills <paramref name="count"/> bytes of the target, in the order of this machine; false where the strip is damaged.</summary>
    public static bool TryDecode(TiffSource source, TiffPage page, int chunk, byte[] target, int count)
    {
        int samples = page.SamplesPerChunk;
        int data = ArraysAt + (4 * samples);
        int packed = (int)page.Counts[chunk];
        byte[] file = ArrayPool<byte>.Shared.Rent(data + packed);
        file.AsSpan(0, data).Clear();
        WriteDirectory(file, source, page, chunk, data);
        source.Read(page.Offsets[chunk], file.AsSpan(data, packed));
        bool isDecoded = Decode(file, data + packed, target, count) == count;
        ArrayPool<byte>.Shared.Return(file);
        return isDecoded;
    }

    // The decoders of LibTiff index without checks of their own: damaged input shows as any exception.
    private static int Decode(byte[] file, int length, byte[] target, int count)
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

    private static void WriteDirectory(byte[] file, TiffSource source, TiffPage page, int chunk, int data)
    {
        // The predictor of floating point splits values into planes of bytes, whose order is that of no machine: nothing may be swapped.
        bool isBigEndian = page.Predictor == 3 ? !BitConverter.IsLittleEndian : source.IsBigEndian;
        int samples = page.SamplesPerChunk;
        int rows = page.RowsOf(chunk);
        var writer = new TiffFields(file, isBigEndian, Entries);
        writer.Long(TiffTag.ImageWidth, page.ChunkWidth);
        writer.Long(TiffTag.ImageLength, rows);
        writer.Shorts(TiffTag.BitsPerSample, page.VoxelBytes * 8, samples, ArraysAt);
        writer.Short(TiffTag.Compression, (int)page.Compression);
        writer.Short(TiffTag.Photometric, 1);
        writer.Long(TiffTag.StripOffsets, data);
        writer.Short(TiffTag.SamplesPerPixel, samples);
        writer.Long(TiffTag.RowsPerStrip, rows);
        writer.Long(TiffTag.StripByteCounts, (int)page.Counts[chunk]);
        writer.Short(TiffTag.PlanarConfiguration, 1);
        writer.Short(TiffTag.Predictor, page.Predictor);
        writer.Shorts(TiffTag.SampleFormat, FormatOf(page.Type), samples, ArraysAt + (2 * samples));
    }

    private static int FormatOf(VoxelType type) => type switch
    {
        VoxelType.Float32 or VoxelType.Float64 => 3,
        VoxelType.Int8 or VoxelType.Int16 or VoxelType.Int32 or VoxelType.Int64 => 2,
        _ => 1,
    };
}
