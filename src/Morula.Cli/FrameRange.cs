using System.Globalization;

namespace Morula.Cli;

/// <summary>A part of a movie as the command line says it: FIRST..LAST, both included; either may be left out.</summary>
/// <param name="First">First frame number, or null: the first there is.</param>
/// <param name="Last">Last frame number, or null: the last there is.</param>
internal readonly record struct FrameRange(int? First, int? Last)
{
    /// <summary>Reads a range; null is the whole movie.</summary>
    /// <param name="text">Such as 24..53, 24.., ..53 or 24.</param>
    /// <param name="option">Name of the option, for messages.</param>
    public static FrameRange Parse(string? text, string option)
    {
        if (text is null) return new FrameRange(null, null);
        string[] ends = text.Split("..");
        if (ends.Length > 2 || ends.All(end => end.Length == 0)) throw Misfit();
        var (first, last) = (Number(ends[0]), Number(ends[^1]));
        return first > last ? throw new UsageException($"{option} is {text}, which ends before it begins.") : new FrameRange(first, last);

        int? Number(string end)
        {
            if (end.Length == 0) return null;
            return int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw Misfit();
        }

        UsageException Misfit() => new($"{option} is \"{text}\"; expected FIRST..LAST, such as 24..53.");
    }
}
