using System.Globalization;
using System.Text;
using Morula.Lineages;

namespace Morula.Formats;

/// <summary>Tracks as the Cell Tracking Challenge lists them: lines <c>L B E P</c> of id, first frame, last frame and mother (0: none).</summary>
internal static class TrackList
{
    private const int Fields = 4;

    /// <summary>Reads a list.</summary>
    /// <exception cref="VolumeFormatException">A line is not four whole numbers, or the tracks contradict each other.</exception>
    public static Lineage Read(string path)
    {
        var tracks = new List<Track>();
        int number = 0;
        foreach (string line in Lines(path))
        {
            number++;
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            int[] values = [.. words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1)];
            if (values.Length != Fields || values.Contains(-1))
                throw new VolumeFormatException(path, $"line {number} is '{HeaderFields.Readable(line.Trim())}'; expected four whole numbers: label, first frame, last frame, parent.");
            tracks.Add(new Track(values[0], values[1], values[2], values[3]));
        }

        try
        {
            return new Lineage(tracks);
        }
        catch (ArgumentException contradiction)
        {
            throw new VolumeFormatException(path, contradiction.Message.Split(" (Parameter ")[0], contradiction);
        }
    }

    /// <summary>Writes a list by ascending id.</summary>
    public static void Write(string path, IEnumerable<Track> tracks)
    {
        var text = new StringBuilder();
        foreach (Track track in tracks.OrderBy(track => track.Id))
            text.Append(CultureInfo.InvariantCulture, $"{track.Id} {track.FirstFrame} {track.LastFrame} {track.ParentId}\n");
        AtomicFile.WriteText(path, text.ToString());
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new VolumeFormatException(path, $"cannot be read ({fault.Message})", fault);
        }
    }
}
