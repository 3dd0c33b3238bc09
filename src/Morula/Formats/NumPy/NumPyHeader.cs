using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Morula.Formats;

/// <summary>Reads the header of NumPy's .npy, versions 1 to 3: a Python dictionary with type, order and shape.</summary>
internal static partial class NumPyHeader
{
    internal static readonly byte[] Magic = [0x93, .. "NUMPY"u8];
    private const int MostBytes = 1 << 16;

    public static RawHeader Read(string path)
    {
        var (text, end) = Text(path);
        if (Descr().Match(text) is not { Success: true } descr || Order().Match(text) is not { Success: true } order || Shape().Match(text) is not { Success: true } shape)
            throw new VolumeFormatException(path, $"its header is \"{HeaderFields.Readable(text)}\"; expected a dictionary with descr (integers or floating point, no fields), fortran_order and shape.");
        int[] sizes = [.. shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0
                ? size
                : throw new VolumeFormatException(path, $"its shape is ({HeaderFields.Readable(shape.Groups[1].Value)}); expected sizes from 1 to {int.MaxValue}."))];
        if (sizes.Length is < 2 or > 4) throw new VolumeFormatException(path, $"its array has {sizes.Length} axes; expected 2 to 4 (Y X, Z Y X or T Z Y X).");
        return new RawHeader(TypeOf(path, descr.Groups[2].Value), [.. Enumerable.Repeat(1, 4 - sizes.Length), .. sizes], new VoxelSize(null, null, null, null))
        {
            IsBigEndian = descr.Groups[1].Value == ">",
            IsFirstFastest = order.Groups[1].Value == "True",
            DataPath = path,
            Offset = end,
        };
    }

    private static VoxelType TypeOf(string path, string name) => NumPyType.Of(name)
        ?? throw new VolumeFormatException(path, $"its type is {name}; expected integers of 8 to 64 bits (u1 to i8), f4 or f8.");

    private static (string Text, int End) Text(string path)
    {
        using RawSource source = RawSource.Open(path, RawPacking.None);
        byte[] start = source.ReadUpTo(MostBytes);
        if (start.Length < 12 || !start.AsSpan().StartsWith(Magic))
            throw new VolumeFormatException(path, "the content is not an array of NumPy; check that the extension is right.");
        if (start[6] is < 1 or > 3) throw new VolumeFormatException(path, $"is of version {start[6]} of the format; expected 1, 2 or 3.");
        int first = start[6] == 1 ? 10 : 12;
        long length = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8));
        if (first + length > start.Length) throw new VolumeFormatException(path, $"its header claims {length} bytes, but there are {start.Length - first} (at most {MostBytes} are read); it is truncated or damaged.");
        return (Encoding.Latin1.GetString(start, first, (int)length), first + (int)length);
    }

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""]([<>|=])([a-z]\d{1,3})['""]")]
    private static partial Regex Descr();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)")]
    private static partial Regex Order();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([^)]*)\)")]
    private static partial Regex Shape();
}
