using System.Globalization;
using System.Text.RegularExpressions;

namespace Morula.Formats;

/// <summary>Files that differ in one number alone: the frames of a movie in their order.</summary>
internal static partial class FrameNames
{
    private const int Listed = 5;

    /// <summary>Number and path of each frame from first to last, ascending.</summary>
    /// <exception cref="VolumeFormatException">A name has no number, names differ in more than it, or a number is there twice or missing.</exception>
    public static IReadOnlyList<(int Number, string Path)> Order(string folder, IEnumerable<string> files, int? first, int? last)
    {
        var frames = new SortedDictionary<int, string>();
        (string Before, string After, string File)? shared = null;
        foreach (string file in files)
        {
            if (Split(VolumeName.Of(file)) is not var (before, number, after))
                throw new VolumeFormatException(file, "has no frame number in its name; frames of a movie are named like t000, t001.");
            shared ??= (before, after, file);
            if (shared.Value.Before != before || shared.Value.After != after)
                throw new VolumeFormatException(file, $"does not belong to {Path.GetFileName(shared.Value.File)}: names of frames differ in their number alone; keep one movie in a folder.");
            if (number < first || number > last) continue;
            if (!frames.TryAdd(number, file)) throw new VolumeFormatException(file, $"is frame {number}, as {Path.GetFileName(frames[number])} is.");
        }

        RequireAll(folder, frames);
        return [.. frames.Select(frame => (frame.Key, frame.Value))];
    }

    /// <summary>The last number of a name and what stands around it; null where there is none.</summary>
    public static (string Before, int Number, string After)? Split(string name)
    {
        Match match = LastNumber().Match(name);
        return match.Success && int.TryParse(match.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? (name[..match.Index], number, name[(match.Index + match.Length)..])
            : null;
    }

    private static void RequireAll(string folder, SortedDictionary<int, string> frames)
    {
        if (frames.Count == 0) throw new VolumeFormatException(folder, "holds none of the frames asked for.");
        int[] missing = [.. Enumerable.Range(frames.Keys.First(), frames.Keys.Last() - frames.Keys.First() + 1).Where(number => !frames.ContainsKey(number)).Take(Listed + 1)];
        if (missing.Length == 0) return;
        string more = missing.Length > Listed ? " and more" : string.Empty;
        throw new VolumeFormatException(
            folder, $"frames {string.Join(", ", missing.Take(Listed))}{more} are missing between {frames.Keys.First()} and {frames.Keys.Last()}; a movie has every frame (choose a part with --frames FIRST..LAST).");
    }

    [GeneratedRegex(@"\d+(?=\D*$)")]
    private static partial Regex LastNumber();
}
