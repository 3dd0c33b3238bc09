using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Morula.Formats;

/// <summary>Reads the lineage out of an ASTEC properties file, element by element; other properties are passed over.</summary>
internal sealed partial class AstecPropertiesReader
{
    /// <summary>The property by which this program remembers the ids of tracks.</summary>
    public const string TrackProperty = "cell_track";

    // As ASTEC's own reader takes them: today's name and those of older files.
    private static readonly string[] LineageNames = ["cell_lineage", "lineage_tree", "lin_tree"];
    private static readonly string[] VolumeNames = ["cell_volume", "volumes_information", "vol"];

    private readonly string path;
    private readonly HashSet<long> cells = [];
    private readonly Dictionary<long, IReadOnlyList<long>> successors = [];
    private readonly Dictionary<long, long> tracks = [];
    private bool hasLineage;

    private AstecPropertiesReader(string path) => this.path = path;

    /// <summary>Reads a file.</summary>
    /// <exception cref="VolumeFormatException">It is no XML, holds no lineage, or a value is no list of cells.</exception>
    public static AstecProperties Read(string path)
    {
        var reader = new AstecPropertiesReader(path);
        try
        {
            using XmlReader xml = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreWhitespace = true });
            reader.ReadAll(xml);
        }
        catch (Exception fault) when (fault is XmlException or IOException or UnauthorizedAccessException)
        {
            throw new VolumeFormatException(path, $"cannot be read as XML ({HeaderFields.OneLine(fault.Message)})", fault);
        }

        return reader.hasLineage
            ? new AstecProperties(reader.cells, reader.successors, reader.tracks)
            : throw new VolumeFormatException(path, "holds no <cell_lineage>; expected the properties that ASTEC writes, <data> with <cell_lineage> in it.");
    }

    // The properties are children of <data>; a file of one property has it for its root.
    private void ReadAll(XmlReader xml)
    {
        int level = xml.MoveToContent() == XmlNodeType.Element && IsKnown(xml.Name) ? 0 : 1;
        do
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth != level || !IsKnown(xml.Name)) continue;
            ReadProperty(xml, xml.Name);
        }
        while (xml.Read());
    }

    private void ReadProperty(XmlReader xml, string name)
    {
        hasLineage |= LineageNames.Contains(name);
        if (xml.IsEmptyElement) return;
        int depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Name != "cell")
            {
                xml.Skip();
                continue;
            }

            long cell = Cell(xml.GetAttribute("cell-id"), name);
            Enter(name, cell, VolumeNames.Contains(name) ? Skipped(xml) : xml.ReadElementContentAsString());
        }
    }

    private void Enter(string property, long cell, string value)
    {
        if (property == TrackProperty)
        {
            tracks[cell] = Cell(value.Trim(), property);
            return;
        }

        cells.Add(cell);
        if (!LineageNames.Contains(property)) return;
        IReadOnlyList<long> next = List(value, cell);
        if (!successors.TryAdd(cell, next)) throw new VolumeFormatException(path, $"names the successors of the cell {cell} twice.");
        cells.UnionWith(next);
    }

    private static string Skipped(XmlReader xml)
    {
        xml.Skip();
        return string.Empty;
    }

    private static bool IsKnown(string name) => name == TrackProperty || LineageNames.Contains(name) || VolumeNames.Contains(name);

    // Values are Python literals: [540209, 540210], of newer numpy [np.int64(540209)], or a bare number.
    private long[] List(string value, long cell)
    {
        string plain = NumpyNumber().Replace(value, "$1").Trim();
        if (plain.Length == 0) return [];
        if (!NumberList().IsMatch(plain)) throw new VolumeFormatException(path, $"the cell {cell} has the successors '{HeaderFields.Readable(value.Trim())}'; expected a list of cells like [540209, 540210].");
        return [.. plain.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => Cell(word, "cell_lineage"))];
    }

    private long Cell(string? text, string property) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long cell) && cell < AstecId.Of(int.MaxValue, 0)
            ? cell
            : throw new VolumeFormatException(path, $"<{property}> has '{HeaderFields.Readable(text ?? "")}' where the number of a cell is expected.");

    [GeneratedRegex(@"np\.\w+\((\d+)\)")]
    private static partial Regex NumpyNumber();

    [GeneratedRegex(@"^(\d+|\[\s*(\d+\s*(,\s*\d+\s*)*,?\s*)?\])$")]
    private static partial Regex NumberList();
}
