using System.Globalization;
using System.Text.RegularExpressions;
using Morula.Options;

namespace Morula.Planning;

/// <summary>Sizes of memory in words: 8GB, 6GiB, 500MB. K, M, G and T count by 1000, with an i by 1024.</summary>
public static partial class ByteSize
{
    private const string Prefixes = "KMGT";

    /// <summary>Reads a size.</summary>
    /// <param name="text">A number with or without a unit; without, it is bytes.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="OptionsException">Something else is written there, or the size is not above 0.</exception>
    public static long Parse(string text, string source)
    {
        Match match = Pattern().Match(text);
        double bytes = match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * Unit(match.Groups[2].Value) : 0;
        return bytes is >= 1 and < long.MaxValue
            ? (long)bytes
            : throw new OptionsException(source, $"\"{text}\" is no size of memory; expected a number above 0 and a unit, such as 8GB, 6GiB or 500MB.");
    }

    /// <summary>Writes a size with three digits: 857 MiB, 1.25 GiB.</summary>
    public static string Text(long bytes)
    {
        double mebibytes = bytes / 1048576.0;
        return mebibytes < 1000
            ? string.Create(CultureInfo.InvariantCulture, $"{mebibytes:0} MiB")
            : string.Create(CultureInfo.InvariantCulture, $"{mebibytes / 1024:0.00} GiB");
    }

    private static double Unit(string unit)
    {
        if (unit.Length == 0 || unit is "B" or "b") return 1;
        int power = Prefixes.IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal) + 1;
        return Math.Pow(unit.Length > 1 && unit[1] == 'i' ? 1024 : 1000, power);
    }

    [GeneratedRegex(@"^\s*([0-9]+(?:\.[0-9]+)?)\s*((?:[KMGTkmgt]i?)?[Bb]?)\s*$")]
    private static partial Regex Pattern();
}
