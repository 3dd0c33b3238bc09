using System.CommandLine;
using System.Globalization;

namespace Morula.Cli;

/// <summary>A part of a movie, as FIRST..LAST: frame numbers, both included, either of which may be missing.</summary>
/// <param name="First">First frame number; null: the first there is.</param>
/// <param name="Last">Last frame number; null: the last there is.</param>
internal sealed record FrameRange(int? First, int? Last)
{
    private const string Dots = "..";

    /// <summary>The option that asks for one.</summary>
    public static Option<string?> Option { get; } = new("--frames")
    {
        Description = "Takes the frames of these numbers alone, both included, such as 10..20, ..20 or 10..",
        HelpName = "FIRST..LAST",
    };

    /// <summary>The range that the command line asks for.</summary>
    public static FrameRange Of(VerbContext context) => context.Value(Option) is { } text ? Parse(text) : new FrameRange(null, null);

    /// <summary>Reads a range.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static FrameRange Parse(string text)
    {
        string[] ends = text.Split(Dots);
        if (ends.Length == 2 && ends.Any(end => end.Length > 0) && Array.TrueForAll(ends, end => end.Length == 0 || int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            var range = new FrameRange(Number(ends[0]), Number(ends[1]));
            if (!(range.First > range.Last)) return range;
        }

        throw new UsageException($"--frames is \"{text}\"; expected FIRST..LAST, such as 10..20, ..20 or 10..");
    }

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
