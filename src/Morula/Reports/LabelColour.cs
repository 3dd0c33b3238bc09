namespace Morula.Reports;

/// <summary>
/// The colour of a label: the same in every figure. Hues of successive labels lie a golden ratio of the circle apart, and lightness
/// goes through three levels, so that neighbours differ also for readers who confuse hues.
/// </summary>
/// <param name="Red">Red in sRGB.</param>
/// <param name="Green">Green in sRGB.</param>
/// <param name="Blue">Blue in sRGB.</param>
public readonly record struct LabelColour(byte Red, byte Green, byte Blue)
{
    private const double GoldenRatio = 0.618033988749895;

    private static readonly double[] Lightness = [0.68, 0.80, 0.57];

    /// <summary>The colour of a label other than 0.</summary>
    public static LabelColour Of(int label)
    {
        uint number = (uint)label;
        double hue = number * GoldenRatio % 1 * 2 * Math.PI;
        double lightness = Lightness[number % (uint)Lightness.Length];

        // The strongest chroma at this hue and lightness that sRGB can show.
        double chroma = 0.2;
        while (!IsShowable(Linear(lightness, chroma, hue)) && chroma > 0.01) chroma -= 0.005;
        var (red, green, blue) = Linear(lightness, chroma, hue);
        return new LabelColour(Encode(red), Encode(green), Encode(blue));
    }

    // OKLCH to linear sRGB (B. Ottosson, "A perceptual color space for image processing", 2020).
    private static (double Red, double Green, double Blue) Linear(double lightness, double chroma, double hue)
    {
        double a = chroma * Math.Cos(hue);
        double b = chroma * Math.Sin(hue);
        double l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        double m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        double s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
        return (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static bool IsShowable((double Red, double Green, double Blue) colour) =>
        Math.Min(colour.Red, Math.Min(colour.Green, colour.Blue)) >= 0 && Math.Max(colour.Red, Math.Max(colour.Green, colour.Blue)) <= 1;

    private static byte Encode(double linear)
    {
        double value = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (value <= 0.0031308 ? 12.92 * value : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055));
    }
}
