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

    /// <summary>Whether cells are filled with their colour; else they are outlined alone. Default true.</summary>
    public bool IsFilled { get; init; } = true;

    /// <summary>Height and width in physical units (µm).</summary>
    public (double Height, double Width) Field => (Image.Extent[0] * Image.Spacing[0], Image.Extent[1] * Image.Spacing[1]);

    /// <summary>The picture at so many pixels per physical unit.</summary>
    public SKBitmap Draw(double pixelsPerUnit, GreyScale grey, int contour)
    {
        var extent = new Extent(Pixels(Field.Height, pixelsPerUnit), Pixels(Field.Width, pixelsPerUnit));
        Volume image = Image.Resample(extent);
        LabelVolume? labels = Labels?.Resample(extent);
        var colours = new Dictionary<int, LabelColour>();
        var pixels = new SKColor[extent.Count];
        for (int index = 0; index < pixels.Length; index++)
        {
            byte level = grey.Apply(image.Voxels[index]);
            int label = labels?.Voxels[index] ?? 0;
            bool isEdge = label != 0 && LabelEdges.Has(labels!, index, contour);
            pixels[index] = label == 0 || !(IsFilled || isEdge) ? new SKColor(level, level, level) : Mix(level, ColourOf(label), isEdge ? 1 : Fill);
        }

        return new SKBitmap(extent[1], extent[0], SKColorType.Rgba8888, SKAlphaType.Opaque) { Pixels = pixels };

        LabelColour ColourOf(int label)
        {
            if (!colours.TryGetValue(label, out LabelColour colour)) colours[label] = colour = LabelColour.Of(label);
            return colour;
        }
    }

    /// <summary>Pixels of a length, at least one.</summary>
    internal static int Pixels(double length, double pixelsPerUnit) => Math.Max(1, (int)Math.Round(length * pixelsPerUnit));

    private static SKColor Mix(byte grey, LabelColour colour, double part)
    {
        return new SKColor(Blend(colour.Red), Blend(colour.Green), Blend(colour.Blue));

        byte Blend(byte over) => (byte)Math.Round((grey * (1 - part)) + (over * part));
    }
}
