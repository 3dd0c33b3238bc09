using System.Globalization;

namespace Morula.Cli;

/// <summary>Frames by their numbers, both ends included.</summary>
/// <param name="First">Number of the first.</param>
/// <param name="Last">Number of the last.</param>
internal readonly record struct FrameRange(int First, int Last)
{
    /// <summary>Reads FIRST..LAST; null stays null.</summary>
    /// <exception cref="UsageException">The text is something else.</exception>
    public static FrameRange? Parse(string? text)
    {
        if (text is null) return null;
        string[] ends = text.Split("..");
        if (ends.Length != 2 || !TryNumber(ends[0], out int first) || !TryNumber(ends[1], out int last))
            throw new UsageException($"--frames is \"{text}\"; expected FIRST..LAST such as 46..53.");
        return first <= last ? new FrameRange(first, last) : throw new UsageException($"--frames is \"{text}\"; the first frame comes before the last.");
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
