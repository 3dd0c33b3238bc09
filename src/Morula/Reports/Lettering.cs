using SkiaSharp;

namespace Morula.Reports;

/// <summary>Text in figures, in whatever sans-serif font the system has.</summary>
internal static class Lettering
{
    private const float Size = 17;

    private static readonly string[] Wanted =
        ["Inter", "Noto Sans", "Open Sans", "Liberation Sans", "DejaVu Sans", "Arial", "Helvetica", "Segoe UI", "Roboto", "Ubuntu", "FreeSans"];

    /// <summary>Name of the font; the system's first choice where it has none that is known to read well.</summary>
    public static string Family { get; } = Wanted.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? SKTypeface.Default.FamilyName;

    private static SKTypeface Typeface { get; } = SKTypeface.FromFamilyName(Family) ?? SKTypeface.Default;

    public static void Write(SKCanvas canvas, string text, float left, float baseline, SKColor colour)
    {
        using var font = Font();
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        canvas.DrawText(text, left, baseline, font, paint);
    }

    public static float Width(string text)
    {
        using var font = Font();
        return font.MeasureText(text);
    }

    private static SKFont Font() => new(Typeface, Size) { Edging = SKFontEdging.Antialias };
}
