using System.Buffers.Binary;

namespace Morula.Formats;

/// <summary>Writes the header and the one directory of a classic TIFF file into memory, in either byte order.</summary>
internal sealed class TiffFields
{
    private readonly byte[] file;
    private readonly bool bigEndian;
    private int position;

    public TiffFields(byte[] file, bool bigEndian, int entries)
    {
        this.file = file;
        this.bigEndian = bigEndian;
        file[0] = file[1] = (byte)(bigEndian ? 'M' : 'I');
        Put16(2, 42);
        Put32(4, 8);
        Put16(8, entries);
        position = 10;
    }

    public void Short(TiffTag tag, int value)
    {
        Begin(tag, 3, 1);
        Put16(position + 8, value);
        position += 12;
    }

    public void Long(TiffTag tag, int value)
    {
        Begin(tag, 4, 1);
        Put32(position + 8, value);
        position += 12;
    }

    /// <summary>The same value <paramref name="count"/> times, stored in the entry if it fits and at <paramref name="place"/> if not.</summary>
    public void Shorts(TiffTag tag, int value, int count, int place)
    {
        Begin(tag, 3, count);
        if (count > 2) Put32(position + 8, place);
        int start = count > 2 ? place : position + 8;
        for (int index = 0; index < count; index++) Put16(start + (2 * index), value);
        position += 12;
    }

    private void Begin(TiffTag tag, int type, int count)
    {
        Put16(position, (int)tag);
        Put16(position + 2, type);
        Put32(position + 4, count);
    }

    private void Put16(int at, int value)
    {
        if (bigEndian) BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), (ushort)value);
        else BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)value);
    }

    private void Put32(int at, int value)
    {
        if (bigEndian) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at), value);
        else BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
    }
}
