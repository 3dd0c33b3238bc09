using System.Buffers;
using System.IO.Compression;

namespace Morula.Formats;

/// <summary>Packs strips with deflate (zlib), without a predictor: ImageJ misreads 16-bit deflate that has one.</summary>
internal static class StripEncoder
{
    /// <summary>Fills a strip with the stored form of the voxels from <paramref name="start"/> on.</summary>
    public delegate void Fill(int start, Span<byte> target);

    /// <summary>The packed strip, numbered through all planes.</summary>
    public static ReadOnlyMemory<byte> Encode(StackFormat format, Fill fill, int strip)
    {
        int plane = strip / format.StripsPerPlane;
        int row = strip % format.StripsPerPlane * format.RowsPerStrip;
        int rows = Math.Min(format.RowsPerStrip, format.Height - row);
        int bytes = rows * format.RowBytes;
        byte[] raw = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            fill(((plane * format.Height) + row) * format.Width, raw.AsSpan(0, bytes));
            var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(raw, 0, bytes);
            return packed.GetBuffer().AsMemory(0, (int)packed.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
        }
    }
}
