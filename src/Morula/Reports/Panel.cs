using Morula.Volumes;
using SkiaSharp;

namespace Morula.Reports;

/// <summary>One picture of a figure: a plane in grey, with labels laid over it, under its title.</summary>
/// <param name="Title">Written above it.</param>
/// <param name="Image">Rank 2.</param>
/// <param name="Labels">Rank 2 and of the same sizes; null for the image alone.</param>
internal sealed record Panel(string Title, Volume Image, LabelVolume? Labels)
{
    private const double Fill = 0.5;

    /// <summary>Height and width in physical units (µm).</summary>
    public (double Height, double Width) Field => (Image.Extent[0] * Image.Spacing[0], Image.Extent[1] * Image.Spacing[1]);

    /// <summary>The picture at so many pixels per physical unit.</summary>
    public SKBitmap Draw(double pixelsPerUnit, GreyScale grey, int contour)
    {
        var extent = new Extent(Pixels(Field.Height, pixelsPerUnit), Pixels(Field.Width, pixelsPerUnit));
        Volume image = Image.Resample(extent);
        LabelVolume? labels = Labels?.Resample(extent);
        var pixels = new SKColor[extent.Count];
        for (int index = 0; index < pixels.Length; index++)
        {
            byte level = grey.Apply(image.Voxels[index]);
            int label = labels?.Voxels[index] ?? 0;
            pixels[index] = label == 0 ? new SKColor(level, level, level)
                : Mix(level, LabelColour.Of(label), IsEdge(labels!, index, contour) ? 1 : Fill);
        }

        return new SKBitmap(extent[1], extent[0], SKColorType.Rgba8888, SKAlphaType.Opaque) { Pixels = pixels };
    }

    private static int Pixels(double length, double pixelsPerUnit) => Math.Max(1, (int)Math.Round(length * pixelsPerUnit));

    // Inside a cell, within so many pixels of what is not that cell; the border of the picture is no edge.
    private static bool IsEdge(LabelVolume labels, int index, int contour)
    {
        int width = labels.Extent[1];
        int row = index / width;
        int column = index % width;
        int label = labels.Voxels[index];
        for (int step = 1; step <= contour; step++)
        {
            if (row >= step && labels.Voxels[index - (step * width)] != label) return true;
            if (row + step < labels.Extent[0] && labels.Voxels[index + (step * width)] != label) return true;
            if (column >= step && labels.Voxels[index - step] != label) return true;
            if (column + step < width && labels.Voxels[index + step] != label) return true;
        }

        return false;
    }

    private static SKColor Mix(byte grey, LabelColour colour, double part)
    {
        return new SKColor(Blend(colour.Red), Blend(colour.Green), Blend(colour.Blue));

        byte Blend(byte over) => (byte)Math.Round((grey * (1 - part)) + (over * part));
    }
}
