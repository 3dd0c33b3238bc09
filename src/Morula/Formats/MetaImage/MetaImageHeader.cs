using System.Text;

namespace Morula.Formats;

/// <summary>Reads the header of a MetaImage (ITK): lines of text, the last of which names the place of the voxels.</summary>
internal static class MetaImageHeader
{
    private const int MostBytes = 1 << 16;
    private const string Last = "ElementDataFile";

    /// <summary>Names of voxel types; MET_LONG is left out, whose width depends on the machine that wrote it.</summary>
    internal static readonly Dictionary<string, VoxelType> Types = new(StringComparer.Ordinal)
    {
        ["MET_UCHAR"] = VoxelType.UInt8, ["MET_CHAR"] = VoxelType.Int8, ["MET_USHORT"] = VoxelType.UInt16, ["MET_SHORT"] = VoxelType.Int16,
        ["MET_UINT"] = VoxelType.UInt32, ["MET_INT"] = VoxelType.Int32, ["MET_ULONG_LONG"] = VoxelType.UInt64, ["MET_LONG_LONG"] = VoxelType.Int64,
        ["MET_FLOAT"] = VoxelType.Float32, ["MET_DOUBLE"] = VoxelType.Float64,
    };

    public static RawHeader Read(string path)
    {
        var (lines, end) = Lines(path);
        var fields = new HeaderFields(path, lines);
        int[] sizes = fields.Sizes("DimSize", 1, int.MaxValue);
        if (sizes.Length != fields.Whole("NDims", 2, 4)) throw new VolumeFormatException(path, $"DimSize is \"{fields.Shown("DimSize")}\" but NDims is {fields.Shown("NDims")}.");
        if (!Types.TryGetValue(fields.Required("ElementType"), out VoxelType type))
            throw new VolumeFormatException(path, $"ElementType is {fields.Shown("ElementType")}; expected one of {string.Join(", ", Types.Keys)}.");
        if (IsTrue(fields, "BinaryData", true) is false) throw new VolumeFormatException(path, "BinaryData is False; save it with binary voxels.");
        double[] steps = fields.Numbers(fields.Text("ElementSpacing") is null ? "ElementSize" : "ElementSpacing");
        double? Step(int axis) => axis < steps.Length && axis < sizes.Length ? steps[axis] : null;
        RawPacking packing = IsTrue(fields, "CompressedData", false) ? RawPacking.Zlib : RawPacking.None;
        var header = new RawHeader(type, [sizes.ElementAtOrDefault(3, 1), sizes.ElementAtOrDefault(2, 1), sizes[1], sizes[0]], new VoxelSize(Step(3), Step(2), Step(1), Step(0)))
        {
            Channels = fields.Whole("ElementNumberOfChannels", 1, 1024, otherwise: 1),
            IsBigEndian = IsTrue(fields, fields.Text("BinaryDataByteOrderMSB") is null ? "ElementByteOrderMSB" : "BinaryDataByteOrderMSB", false),
            DataPath = path,
            Offset = end,
            Packing = packing,
        };
        return fields.Required(Last) is "LOCAL" or "Local" or "local" ? header : Outside(path, fields, header);
    }

    private static int ElementAtOrDefault(this int[] sizes, int place, int otherwise) => place < sizes.Length ? sizes[place] : otherwise;

    private static RawHeader Outside(string path, HeaderFields fields, RawHeader header)
    {
        string name = fields.Required(Last);
        if (name.Length == 0 || name.StartsWith("LIST", StringComparison.Ordinal) || name.Contains('%', StringComparison.Ordinal) || name.Any(char.IsControl))
            throw new VolumeFormatException(path, $"{Last} is \"{fields.Shown(Last)}\"; expected LOCAL or the name of one file.");
        string data = Path.Combine(Path.GetDirectoryName(path) ?? "", name);
        if (!File.Exists(data)) throw new VolumeFormatException(path, $"its voxels should be in {HeaderFields.Readable(name)}, which is not there; keep both files together.");
        int skipped = fields.Whole("HeaderSize", -1, int.MaxValue, otherwise: 0);
        return header with { DataPath = data, Offset = skipped < 0 ? Math.Max(0, new FileInfo(data).Length - header.Bytes) : skipped };
    }

    private static bool IsTrue(HeaderFields fields, string key, bool otherwise) =>
        fields.Text(key) is not { } text ? otherwise : text.StartsWith("T", StringComparison.OrdinalIgnoreCase) || text == "1";

    private static (string[] Lines, int End) Lines(string path)
    {
        using RawSource source = RawSource.Open(path, RawPacking.None);
        string text = Encoding.Latin1.GetString(source.ReadUpTo(MostBytes));
        int last = text.StartsWith(Last, StringComparison.Ordinal) ? 0 : text.IndexOf('\n' + Last, StringComparison.Ordinal) + 1;
        int end = last > 0 ? text.IndexOf('\n', last) : -1;
        if (last > 0 && end < 0 && text.Length < MostBytes) end = text.Length - 1;
        return end >= 0
            ? (text[..(end + 1)].Split('\n'), end + 1)
            : throw new VolumeFormatException(path, $"the content is not MetaImage (no line {Last} ends its header); check that the extension is right.");
    }
}
