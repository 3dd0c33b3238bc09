using System.Globalization;
using Morula.Lineages;

namespace Morula.Formats;

/// <summary>A lineage as a table of cells: a row per cell and frame with the columns t, label and parent_label; others are passed over.</summary>
public static class LineageTable
{
    /// <summary>Its name beside raw/ and labels/.</summary>
    public const string FileName = "tracks.csv";

    /// <summary>Reads a table; a mother who is in no row that is wanted counts as unknown.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">Rows of earlier frames are passed over.</param>
    /// <param name="last">Rows of later frames are passed over.</param>
    /// <exception cref="VolumeFormatException">A column is missing, a value is no number, or the tracks contradict each other.</exception>
    public static Lineage Read(string path, int first = 0, int last = int.MaxValue)
    {
        CommaTable table = CommaTable.Read(path);
        var (time, label, parent) = (table.Column("t"), table.Column("label"), table.Column("parent_label"));
        try
        {
            return Lineage.OfCells(table.Lines
                .Select(line => (Frame: Number(path, line, time), Id: Number(path, line, label), ParentId: Number(path, line, parent)))
                .Where(cell => cell.Frame >= first && cell.Frame <= last));
        }
        catch (ArgumentException contradiction)
        {
            throw new VolumeFormatException(path, contradiction.Message.Split(" (Parameter ")[0], contradiction);
        }
    }

    private static int Number(string path, CommaTable.Line line, int column)
    {
        string text = line.Values[column];
        if (text.Length == 0) return 0;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new VolumeFormatException(path, $"line {line.Number} has '{HeaderFields.Readable(text)}' where a whole number is expected.");
    }
}
