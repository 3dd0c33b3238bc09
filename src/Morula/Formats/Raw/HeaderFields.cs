using System.Globalization;

namespace Morula.Formats;

/// <summary>Lines "KEY = value" of a header, with numbers and their faults.</summary>
internal sealed class HeaderFields(string path, IEnumerable<string> lines)
{
    private readonly Dictionary<string, string> fields = lines.Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
        .GroupBy(parts => parts[0].Trim(), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.First()[1].Trim(), StringComparer.OrdinalIgnoreCase);

    public string? Text(string key) => fields.GetValueOrDefault(key);

    public string Required(string key) => Text(key) ?? throw new VolumeFormatException(path, $"its header has no {key}; it is damaged.");

    /// <summary>A whole number in a range.</summary>
    public int Whole(string key, int least, int most, int? otherwise = null)
    {
        if (Text(key) is null && otherwise is { } value) return value;
        return Sizes(key, least, most) is [var one] ? one : throw new VolumeFormatException(path, $"{key} is \"{Shown(key)}\"; expected one number.");
    }

    /// <summary>Whole numbers in a range, at least one.</summary>
    public int[] Sizes(string key, int least, int most) => [.. Required(key).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int size) && size >= least && size <= most
            ? size
            : throw new VolumeFormatException(path, $"{key} is \"{Shown(key)}\"; expected whole numbers from {least} to {most}."))];

    /// <summary>Numbers; none where the key is missing.</summary>
    public double[] Numbers(string key) => [.. (Text(key) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new VolumeFormatException(path, $"{key} is \"{Shown(key)}\"; expected numbers."))];

    /// <summary>The value, fit for a message.</summary>
    public string Shown(string key) => Readable(Text(key) ?? "");

    /// <summary>A text of a file on one line, of bounded length.</summary>
    public static string Readable(string text) => OneLine(text.Length > 60 ? text[..60] : text);

    /// <summary>A text of any length on one line.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? '?' : letter));
}
