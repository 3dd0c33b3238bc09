using Morula.Volumes;
using SkiaSharp;

namespace Morula.Reports;

/// <summary>A small picture of one place in an image, with the outlines of its cells, as PNG.</summary>
internal static class CellPicture
{
    private const double Faint = 0.55;
    private const byte Ground = 0x33;

    /// <summary>Draws a plane, or a plain ground, and outlines over it, later ones over earlier ones.</summary>
    /// <param name="image">Rank 2; null for a plain ground.</param>
    /// <param name="outlines">At least one; of one field, which is the image's.</param>
    /// <param name="side">Longer side of the picture in pixels.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Draw(Volume? image, IReadOnlyList<Outline> outlines, int side = 260)
    {
        LabelVolume first = outlines[0].Labels;
        var (height, width) = (first.Extent[0] * first.Spacing[0], first.Extent[1] * first.Spacing[1]);
        double scale = side / Math.Max(height, width);
        var extent = new Extent(Panel.Pixels(height, scale), Panel.Pixels(width, scale));
        SKColor[] pixels = Plane(image, extent);
        foreach (Outline outline in outlines) Lay(pixels, outline with { Labels = outline.Labels.Resample(extent) });
        using var bitmap = new SKBitmap(extent[1], extent[0], SKColorType.Rgba8888, SKAlphaType.Opaque) { Pixels = pixels };
        using (var canvas = new SKCanvas(bitmap))
        {
            string? unit = SliceFigure.UnitOf(new Volume(new Extent(1, 1), first.Spacing));
            if (unit is not null) ScaleBar.Draw(canvas, new SKRectI(0, 0, extent[1], extent[0]), scale, unit);
        }

        return PngFile.Of(bitmap);
    }

    private static SKColor[] Plane(Volume? image, Extent extent)
    {
        var pixels = new SKColor[extent.Count];
        Array.Fill(pixels, new SKColor(Ground, Ground, Ground));
        if (image is null) return pixels;
        GreyScale grey = GreyScale.Of([image]);
        float[] levels = image.Resample(extent).Voxels;
        for (int index = 0; index < pixels.Length; index++)
        {
            byte level = grey.Apply(levels[index]);
            pixels[index] = new SKColor(level, level, level);
        }

        return pixels;
    }

    private static void Lay(SKColor[] pixels, Outline outline)
    {
        for (int index = 0; index < pixels.Length; index++)
        {
            int label = outline.Labels.Voxels[index];
            if (label == 0) continue;
            bool isChosen = outline.Chosen.Contains(label);
            if (LabelEdges.Has(outline.Labels, index, isChosen ? outline.Width : 1)) pixels[index] = Mix(pixels[index], outline.Colour, isChosen ? 1 : Faint);
        }
    }

    private static SKColor Mix(SKColor below, LabelColour over, double part)
    {
        return new SKColor(Blend(below.Red, over.Red), Blend(below.Green, over.Green), Blend(below.Blue, over.Blue));

        byte Blend(byte under, byte above) => (byte)Math.Round((under * (1 - part)) + (above * part));
    }
}
