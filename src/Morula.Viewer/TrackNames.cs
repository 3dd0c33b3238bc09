using System.Globalization;
using Morula.Formats;

namespace Morula.Viewer;

/// <summary>Names of cells, where a table of tracks has a column of them.</summary>
internal static class TrackNames
{
    private const int Longest = 60;

    public static IReadOnlyDictionary<int, string> Read(string path)
    {
        var names = new Dictionary<int, string>();
        CommaTable table = CommaTable.Read(path);
        var (label, name) = (table.Find("label"), table.Find("name"));
        if (label < 0 || name < 0) return names;
        foreach (CommaTable.Line line in table.Lines)
        {
            string text = line.Values[name];
            if (text.Length > 0 && int.TryParse(line.Values[label], NumberStyles.None, CultureInfo.InvariantCulture, out int id)) names[id] = text[..Math.Min(text.Length, Longest)];
        }

        return names;
    }
}
