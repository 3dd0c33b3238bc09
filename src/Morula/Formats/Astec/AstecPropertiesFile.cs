using System.Globalization;
using System.Xml;

namespace Morula.Formats;

/// <summary>Writes properties of cells as ASTEC does: an element per property, in it one per cell whose text is a Python literal.</summary>
internal static class AstecPropertiesFile
{
    /// <summary>Writes lineage, volumes (µm³), surfaces (µm²), contacts (µm²), barycentres (x y z, µm) and tracks.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="cells">The cells by ascending number.</param>
    /// <param name="successors">What follows each cell, where anything does.</param>
    public static void Write(string path, IReadOnlyList<AstecCell> cells, IReadOnlyDictionary<long, List<long>> successors) =>
        AtomicFile.Write(path, stream =>
        {
            using XmlWriter xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
            xml.WriteStartElement("data");
            Property(xml, "cell_lineage", cells.Where(cell => successors.ContainsKey(cell.Number)), cell => $"[{string.Join(", ", successors[cell.Number])}]");
            Property(xml, "cell_volume", cells, cell => Number(cell.Properties.Volume));
            Property(xml, "cell_surface", cells, cell => Number(cell.Properties.Surface));
            Property(xml, "cell_barycenter", cells, cell => $"[{string.Join(", ", cell.Properties.Centre.Reverse().Select(Number))}]");
            Contacts(xml, cells);
            Property(xml, AstecPropertiesReader.TrackProperty, cells, cell => cell.Properties.Id.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        });

    private static void Property(XmlWriter xml, string name, IEnumerable<AstecCell> cells, Func<AstecCell, string> text)
    {
        xml.WriteStartElement(name);
        foreach (AstecCell cell in cells) Cell(xml, cell.Number, text(cell));
        xml.WriteEndElement();
    }

    private static void Contacts(XmlWriter xml, IReadOnlyList<AstecCell> cells)
    {
        xml.WriteStartElement("cell_contact_surface");
        foreach (AstecCell cell in cells)
        {
            xml.WriteStartElement("cell");
            xml.WriteAttributeString("cell-id", cell.Number.ToString(CultureInfo.InvariantCulture));
            foreach (var (number, area) in cell.Contacts) Cell(xml, number, Number(area));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Cell(XmlWriter xml, long number, string text)
    {
        xml.WriteStartElement("cell");
        xml.WriteAttributeString("cell-id", number.ToString(CultureInfo.InvariantCulture));
        xml.WriteString(text);
        xml.WriteEndElement();
    }

    private static string Number(double value) => value.ToString("0.0###", CultureInfo.InvariantCulture);
}
