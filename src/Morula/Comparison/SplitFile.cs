using System.Text;
using Morula.Formats;
using Morula.Samples;

namespace Morula.Comparison;

/// <summary>A data set as an index file that states the split.</summary>
internal static class SplitFile
{
    /// <summary>The text of the index.</summary>
    /// <param name="data">Its pairs, split.</param>
    /// <param name="classes">Whether the tables of classes are named.</param>
    /// <exception cref="VolumeFormatException">A path cannot stand in such a table.</exception>
    public static string Of(DataSet data, bool classes)
    {
        var text = new StringBuilder("image,labels,split,objects,embryo,tracks\n");
        foreach (Pair pair in data.Pairs)
            text.Append($"{Cell(pair.ImagePath)},{Cell(pair.LabelPath)},{pair.Split.ToString().ToLowerInvariant()},{(classes ? Optional(pair.ObjectsPath) : string.Empty)},{pair.Embryo},{Optional(pair.TracksPath)}\n");
        return text.ToString();
    }

    private static string Optional(string? path) => path is null ? string.Empty : Cell(path);

    private static string Cell(string path)
    {
        string full = Path.GetFullPath(path);
        return full.AsSpan().ContainsAny(",\"\n")
            ? throw new VolumeFormatException(path, "a comma, a quotation mark or a line end in the path cannot be written into the comparison's index; move or link the data set elsewhere.")
            : full;
    }
}
