using System.Text;

namespace Morula.Formats;

/// <summary>The entries of one TIFF directory, read on demand and checked against the file's length.</summary>
internal sealed class TiffDirectory
{
    private const int MostEntries = 4096;
    private readonly TiffSource source;
    private readonly Dictionary<TiffTag, Entry> entries = [];

    public TiffDirectory(TiffSource source, long offset, int index)
    {
        this.source = source;
        Index = index;
        (int head, int size, int link) = source.IsBigTiff ? (8, 20, 8) : (2, 12, 4);
        long count = source.IsBigTiff ? source.Int64(source.Peek(offset, head)) : source.UInt16(source.Peek(offset, head));
        if (count is < 0 or > MostEntries) throw Fault($"has {count} entries, more than {MostEntries}");
        for (int entry = 0; entry < count; entry++) ReadEntry(offset + head + ((long)entry * size), size);
        long end = offset + head + (count * size);
        Next = source.IsBigTiff ? source.Int64(source.Peek(end, link)) : source.UInt32(source.Peek(end, link));
    }

    public int Index { get; }

    /// <summary>Where the next directory lies; 0 after the last.</summary>
    public long Next { get; }

    public bool Has(TiffTag tag) => entries.ContainsKey(tag);

    public VolumeFormatException Fault(string problem) =>
        source.Fault($"page {Index} {problem}; the file is damaged or not an image of voxels.");

    /// <summary>The first value of an entry of integers, or <paramref name="missing"/> without one.</summary>
    public long Number(TiffTag tag, long missing) =>
        entries.TryGetValue(tag, out Entry entry) ? Value(tag, entry, 0) : missing;

    /// <summary>All values of an entry of integers; null without one.</summary>
    public long[]? Numbers(TiffTag tag)
    {
        if (!entries.TryGetValue(tag, out Entry entry)) return null;
        source.Require(entry.Position, entry.Count * SizeOf(entry.Type));
        var values = new long[entry.Count];
        for (int index = 0; index < values.Length; index++) values[index] = Value(tag, entry, index);
        return values;
    }

    /// <summary>The first value of an entry of fractions as numerator and denominator; 0 and 0 without one.</summary>
    public (uint Numerator, uint Denominator) Fraction(TiffTag tag)
    {
        if (!entries.TryGetValue(tag, out Entry entry) || entry.Type != 5 || entry.Count < 1) return (0, 0);
        ReadOnlySpan<byte> bytes = source.Peek(entry.Position, 8);
        return (source.UInt32(bytes), source.UInt32(bytes[4..]));
    }

    /// <summary>An entry of text up to its first null; UTF-8, or Latin-1 where that fails. Empty without one.</summary>
    public string Text(TiffTag tag)
    {
        if (!entries.TryGetValue(tag, out Entry entry) || entry.Type is not (1 or 2 or 7)) return "";
        if (entry.Count > 1 << 28) throw Fault($"has a text of {entry.Count} bytes");
        ReadOnlySpan<byte> bytes = source.Peek(entry.Position, (int)entry.Count);
        int end = bytes.IndexOf((byte)0);
        if (end >= 0) bytes = bytes[..end];
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static int SizeOf(ushort type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 0,
    };

    private void ReadEntry(long position, int size)
    {
        ReadOnlySpan<byte> bytes = source.Peek(position, size);
        var tag = (TiffTag)source.UInt16(bytes);
        ushort type = source.UInt16(bytes[2..]);
        int wide = source.IsBigTiff ? 8 : 4;
        long count = source.IsBigTiff ? source.Int64(bytes[4..]) : source.UInt32(bytes[4..]);
        int unit = SizeOf(type);
        if (unit == 0 || !Enum.IsDefined(tag)) return;
        if (count < 0 || count > source.Length) throw Fault($"states {count} values of {tag}");
        bool inline = count * unit <= wide;
        ReadOnlySpan<byte> last = bytes[^wide..];
        long pointer = source.IsBigTiff ? source.Int64(last) : source.UInt32(last);
        entries.TryAdd(tag, new Entry(type, count, inline ? position + size - wide : pointer));
    }

    private long Value(TiffTag tag, Entry entry, long index)
    {
        if (index >= entry.Count) throw Fault($"has no value of {tag}");
        int size = SizeOf(entry.Type);
        ReadOnlySpan<byte> bytes = source.Peek(entry.Position + (index * size), size);
        long value = entry.Type switch
        {
            1 => bytes[0],
            3 => source.UInt16(bytes),
            4 or 13 => source.UInt32(bytes),
            16 or 18 => source.Int64(bytes),
            _ => -1,
        };
        return value >= 0 ? value : throw Fault($"has no whole number as {tag}");
    }

    private readonly record struct Entry(ushort Type, long Count, long Position);
}
