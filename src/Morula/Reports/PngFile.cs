using SkiaSharp;

namespace Morula.Reports;

/// <summary>Pictures as PNG, packed for pages: one filter and a light packing, so that many take little time; the files are a quarter larger than by the defaults of the library.</summary>
internal static class PngFile
{
    private static readonly SKPngEncoderOptions Packing = new(SKPngEncoderFilterFlags.Sub, zLibLevel: 3);

    /// <summary>The bytes of a PNG file.</summary>
    public static byte[] Of(SKBitmap picture)
    {
        using SKPixmap pixels = picture.PeekPixels();
        return Of(pixels);
    }

    /// <summary>The bytes of a PNG file.</summary>
    public static byte[] Of(SKSurface picture)
    {
        using SKPixmap pixels = picture.PeekPixels();
        return Of(pixels);
    }

    private static byte[] Of(SKPixmap pixels)
    {
        using SKData png = pixels.Encode(Packing) ?? throw new InvalidOperationException($"A picture of {pixels.Width} x {pixels.Height} pixels could not be packed.");
        return png.ToArray();
    }
}
