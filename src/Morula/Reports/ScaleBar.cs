using SkiaSharp;

namespace Morula.Reports;

/// <summary>A bar of round length in the lower left corner of a picture.</summary>
internal static class ScaleBar
{
    private const int Inset = 10;
    private const int Thickness = 4;

    public static void Draw(SKCanvas canvas, SKRectI picture, double pixelsPerUnit, string unit)
    {
        double length = RoundNumber.Below(picture.Width / pixelsPerUnit / 3);
        float width = (float)(length * pixelsPerUnit);
        string text = $"{length:0.####} {unit}";
        float bottom = picture.Bottom - Inset;
        using var paint = new SKPaint { Color = SKColors.Black.WithAlpha(150) };
        float board = Math.Max(width, Lettering.Width(text)) + 12;
        canvas.DrawRect(picture.Left + Inset - 6, bottom - Thickness - 26, board, Thickness + 32, paint);
        paint.Color = SKColors.White;
        canvas.DrawRect(picture.Left + Inset, bottom - Thickness, width, Thickness, paint);
        Lettering.Write(canvas, text, picture.Left + Inset, bottom - Thickness - 7, SKColors.White);
    }
}
