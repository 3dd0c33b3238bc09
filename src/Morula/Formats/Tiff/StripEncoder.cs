using System.IO.Compression;

namespace Morula.Formats;

/// <summary>Packs strips with deflate (zlib), without a predictor: ImageJ misreads 16-bit deflate that has one.</summary>
internal static class StripEncoder
{
    /// <summary>The packed strip.</summary>
    public static ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> raw)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(raw.Span);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }
}
