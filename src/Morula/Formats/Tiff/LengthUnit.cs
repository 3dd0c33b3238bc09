namespace Morula.Formats;

/// <summary>Names of units of length and time as image files spell them.</summary>
internal static class LengthUnit
{
    /// <summary>A length in µm; as it is in pixels, in no unit and in one that is not known: the ratios of axes stay right.</summary>
    public static double? ToMicrometres(double? length, string? unit) => Scale(length, Micrometres(unit));

    /// <summary>A duration in seconds; as it is in no unit and in one that is not known.</summary>
    public static double? ToSeconds(double? duration, string? unit) => Scale(duration, Seconds(unit));

    private static double? Scale(double? value, double factor) =>
        value is null || factor == 1 ? value : Rounding.ToDigits(value.Value * factor, 14);

    private static double Micrometres(string? name) => Normal(name) switch
    {
        "m" or "meter" or "metre" => 1e6,
        "dm" => 1e5,
        "cm" or "centimeter" or "centimetre" => 1e4,
        "mm" or "millimeter" or "millimetre" => 1e3,
        "nm" or "nanometer" or "nanometre" => 1e-3,
        "å" or "angstrom" => 1e-4,
        "pm" or "picometer" or "picometre" => 1e-6,
        "in" or "inch" or "inche" or "\"" => 25400,
        _ => 1,
    };

    private static double Seconds(string? name) => Normal(name) switch
    {
        "d" or "day" => 86400,
        "h" or "hr" or "hour" => 3600,
        "min" or "minute" => 60,
        "ms" or "msec" or "millisecond" => 1e-3,
        "us" or "usec" or "microsecond" => 1e-6,
        "ns" or "nanosecond" => 1e-9,
        _ => 1,
    };

    // ImageJ escapes the micro sign as \u00B5; two characters of Unicode look like it.
    private static string Normal(string? name)
    {
        string plain = (name ?? "").Trim().Replace("\\u00B5", "u", StringComparison.OrdinalIgnoreCase)
            .Replace('µ', 'u').Replace('μ', 'u').ToLowerInvariant();
        return plain.Length > 2 && plain.EndsWith('s') && plain != "ms" ? plain[..^1] : plain;
    }
}
