using System.Globalization;

namespace Morula.Formats;

/// <summary>Rounds to significant decimal digits: steps are stated in decimals, and fractions and units hide them.</summary>
internal static class Rounding
{
    /// <summary>The number nearest to <paramref name="value"/> that has so many digits.</summary>
    public static double ToDigits(double value, int digits) =>
        double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
