using System.Globalization;
using Morula.Formats;

namespace Morula.Viewer;

/// <summary>Reads a table of cells as predict writes it.</summary>
internal static class CellsReader
{
    private static readonly string[] Places = ["centre_z_um", "centre_y_um", "centre_x_um"];

    /// <summary>The cells of a table; null where there is none, or where it lacks what is shown.</summary>
    /// <exception cref="VolumeFormatException">The table is damaged.</exception>
    public static IReadOnlyList<CellLine>? Read(string path)
    {
        if (!File.Exists(path)) return null;
        CommaTable table = CommaTable.Read(path);
        var (label, score) = (table.Find("id"), table.Find("score"));
        var (volume, surface) = (Either(table, "volume_um3", "area_um2"), Either(table, "surface_um2", "outline_um"));
        var (neighbours, contacts) = (table.Find("neighbours"), Either(table, "contact_um2", "contact_um"));
        int[] centre = [.. Places.Select(table.Find)];
        if (label < 0 || volume < 0 || surface < 0 || neighbours < 0 || contacts < 0 || centre[1] < 0 || centre[2] < 0) return null;
        return [.. table.Lines.Select(line => new CellLine(
            (int)Number(path, line, label), [.. centre.Select(column => column < 0 ? 0 : Number(path, line, column))],
            Number(path, line, volume), Number(path, line, surface), score < 0 ? null : Number(path, line, score),
            [.. Numbers(path, line, neighbours).Select(number => (int)number)], [.. Numbers(path, line, contacts)]))];
    }

    private static int Either(CommaTable table, string one, string other) => table.Find(one) is var found and >= 0 ? found : table.Find(other);

    private static IEnumerable<double> Numbers(string path, CommaTable.Line line, int column) =>
        line.Values[column].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(text => Number(path, line, text));

    private static double Number(string path, CommaTable.Line line, int column) => Number(path, line, line.Values[column]);

    private static double Number(string path, CommaTable.Line line, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new VolumeFormatException(path, $"line {line.Number} has '{HeaderFields.Readable(text)}' where a number is expected.");
}
