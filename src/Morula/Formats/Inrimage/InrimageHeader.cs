using System.Text;

namespace Morula.Formats;

/// <summary>Reads the header of INRIMAGE-4 (Inria): lines of text up to ##}, a multiple of 256 bytes in all.</summary>
internal static class InrimageHeader
{
    internal const string Magic = "#INRIMAGE-4#{";
    internal const int BlockBytes = 256;
    private const int MostBytes = 1 << 16;

    public static RawHeader Read(string path)
    {
        var (text, end) = Text(path);
        var fields = new HeaderFields(path, text.Split('\n'));
        double? Step(string key) => fields.Numbers(key) is [> 0 and var step] ? step : null;
        return new RawHeader(
            TypeOf(path, fields),
            [1, fields.Whole("ZDIM", 1, int.MaxValue, otherwise: 1), fields.Whole("YDIM", 1, int.MaxValue), fields.Whole("XDIM", 1, int.MaxValue)],
            new VoxelSize(null, Step("VZ"), Step("VY"), Step("VX")))
        {
            Channels = fields.Whole("VDIM", 1, 1024, otherwise: 1),
            IsBigEndian = fields.Text("CPU") switch
            {
                null or "decm" or "alpha" or "pc" => false,
                "sun" or "sgi" => true,
                _ => throw new VolumeFormatException(path, $"CPU is {fields.Shown("CPU")}; expected decm, alpha or pc (little-endian), or sun or sgi."),
            },
            DataPath = path,
            Offset = end,
            Packing = PackingOf(path),
            Slope = Scale(path, fields),
        };
    }

    private static RawPacking PackingOf(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? RawPacking.Gzip : RawPacking.None;

    private static VoxelType TypeOf(string path, HeaderFields fields) => (fields.Required("TYPE"), fields.Required("PIXSIZE").Split(' ')[0]) switch
    {
        ("unsigned fixed", "8") => VoxelType.UInt8,
        ("unsigned fixed", "16") => VoxelType.UInt16,
        ("unsigned fixed", "32") => VoxelType.UInt32,
        ("unsigned fixed", "64") => VoxelType.UInt64,
        ("signed fixed", "8") => VoxelType.Int8,
        ("signed fixed", "16") => VoxelType.Int16,
        ("signed fixed", "32") => VoxelType.Int32,
        ("signed fixed", "64") => VoxelType.Int64,
        ("float", "32") => VoxelType.Float32,
        ("float", "64") => VoxelType.Float64,
        _ => throw new VolumeFormatException(path, $"TYPE is {fields.Shown("TYPE")} with PIXSIZE {fields.Shown("PIXSIZE")}; expected unsigned fixed or signed fixed of 8 to 64 bits, or float of 32 or 64."),
    };

    // SCALE=2**n is the weight of the last bit of a fixed-point number.
    private static double Scale(string path, HeaderFields fields)
    {
        if (fields.Text("SCALE") is not { } text) return 1;
        return text.StartsWith("2**", StringComparison.Ordinal) && int.TryParse(text.AsSpan(3), out int power) && Math.Abs((long)power) <= 64
            ? Math.Pow(2, power)
            : throw new VolumeFormatException(path, $"SCALE is {fields.Shown("SCALE")}; expected 2**0 or another power of two.");
    }

    private static (string Text, int End) Text(string path)
    {
        using RawSource source = RawSource.Open(path, PackingOf(path));
        string text = Encoding.Latin1.GetString(source.ReadUpTo(MostBytes));
        if (!text.StartsWith(Magic, StringComparison.Ordinal))
            throw new VolumeFormatException(path, $"the content is not INRIMAGE-4 (it must begin with {Magic}); check that the extension is right.");
        int end = text.IndexOf("##}", StringComparison.Ordinal);
        if (end < 0) throw new VolumeFormatException(path, "its header has no end (##}); it is damaged.");
        return (text[..end], (end + 3 + BlockBytes - 1) / BlockBytes * BlockBytes);
    }
}
