using System.Globalization;
using System.Text;
using Morula.Formats;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Writes a table of cells as comma-separated values, one line per cell.</summary>
public static class CellTableFile
{
    /// <summary>
    /// Writes the table: id, score, predicted_iou where the network foretells it, class, centre per axis (µm, s), volume_um3 (area_um2 at rank 2), surface_um2 (outline_um at rank
    /// 2), lower and upper corner of the box in voxels (upper is outside), neighbours and contact_um2 (contact_um at rank 2) joined by semicolons.
    /// </summary>
    public static void Save(CellTable table, string path) => AtomicFile.WriteText(path, Text(table));

    /// <summary>Number of cells in a file.</summary>
    internal static int Count(string path) => File.ReadLines(path).Count() - 1;

    /// <summary>The whole file as text; lines end with a line feed.</summary>
    public static string Text(CellTable table)
    {
        Axis[] axes = [.. Enumerable.Range(0, table.Rank).Select(axis => (Axis)(axis + Enum.GetValues<Axis>().Length - table.Rank))];
        var text = new StringBuilder();
        bool foretold = table.Rows.Any(row => row.PredictedOverlap is not null);
        text.AppendJoin(',', Header(axes, foretold)).Append('\n');
        foreach (CellRow row in table.Rows) text.AppendJoin(',', Fields(row, foretold)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string> Header(Axis[] axes, bool foretold)
    {
        // In the plane a volume is an area, a surface an outline and a contact a length.
        string[] measures = axes.Length < 3
            ? ["area_um2", "outline_um", "contact_um"]
            : ["volume_um3", "surface_um2", "contact_um2"];
        return
        [
            "id", "score", .. foretold ? ["predicted_iou"] : Array.Empty<string>(), "class", .. axes.Select(axis => axis == Axis.T ? "centre_t_s" : $"centre_{Name(axis)}_um"), measures[0], measures[1],
            .. axes.Select(axis => $"box_{Name(axis)}0"), .. axes.Select(axis => $"box_{Name(axis)}1"), "neighbours", measures[2],
        ];
    }

    private static IEnumerable<string> Fields(CellRow row, bool foretold) =>
    [
        row.Label.ToString(CultureInfo.InvariantCulture), Number(row.Score),
        .. foretold ? [row.PredictedOverlap is { } overlap ? Number(overlap) : string.Empty] : Array.Empty<string>(), row.Class.ToString(CultureInfo.InvariantCulture),
        .. row.Centre.Select(Number), Number(row.Volume), Number(row.Surface),
        .. row.Box.Lower.ToArray().Concat(row.Box.Upper.ToArray()).Select(bound => bound.ToString(CultureInfo.InvariantCulture)),
        string.Join(';', row.Contacts.Select(contact => contact.Label)),
        string.Join(';', row.Contacts.Select(contact => Number(contact.Area))),
    ];

    private static string Name(Axis axis) => axis.ToString().ToLowerInvariant();

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
