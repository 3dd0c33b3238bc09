using System.Text;

namespace Morula.Formats;

/// <summary>Writes the directories of all planes one behind the other, and before them what they share.</summary>
internal sealed class DirectoryWriter
{
    private const int Short = 3;
    private const int Long = 4;
    private readonly BinaryWriter writer;
    private readonly StackFormat format;
    private readonly long[] offsets;
    private readonly long[] counts;
    private readonly int offsetBytes;
    private readonly int offsetType;
    private readonly int strips;
    private long position;
    private long description;

    public DirectoryWriter(Stream stream, StackFormat format, long[] offsets, long[] counts)
    {
        writer = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true);
        this.format = format;
        this.offsets = offsets;
        this.counts = counts;
        (offsetBytes, offsetType) = format.IsBigTiff ? (8, 16) : (4, Long);
        strips = format.StripsPerPlane;
        position = stream.Position;
    }

    // Offsets and sizes of strips stand before their directory where they do not fit into its entries.
    private int TableBytes => strips > 1 ? 2 * strips * offsetBytes : 0;

    /// <summary>Gives the place of the first directory.</summary>
    public long Write()
    {
        description = position;
        byte[] text = Encoding.ASCII.GetBytes(format.Description + '\0');
        writer.Write(text);
        position += text.Length;
        for (; position % 8 != 0; position++) writer.Write((byte)0);
        long resolution = position;
        foreach (double step in (double[])[format.StepX, format.StepY]) WriteFraction(step);
        position += 16;
        long first = position + TableBytes;
        for (int plane = 0; plane < format.Planes; plane++) WriteDirectory(plane, resolution);
        writer.Flush();
        return first;
    }

    private void WriteDirectory(int plane, long resolution)
    {
        int firstStrip = plane * strips;
        long table = position;
        if (strips > 1) WriteTable(firstStrip);
        bool isFirst = plane == 0;
        int entries = isFirst ? 14 : 13;
        if (format.IsBigTiff) writer.Write((long)entries);
        else writer.Write((ushort)entries);
        position += TableBytes + (format.IsBigTiff ? 8 + (20 * entries) + 8 : 2 + (12 * entries) + 4);
        Entry(TiffTag.ImageWidth, Long, 1, format.Width);
        Entry(TiffTag.ImageLength, Long, 1, format.Height);
        Entry(TiffTag.BitsPerSample, Short, 1, TiffPage.SizeOf(format.Type) * 8);
        Entry(TiffTag.Compression, Short, 1, (int)TiffCompression.Deflate);
        Entry(TiffTag.Photometric, Short, 1, 1);
        if (isFirst) Entry(TiffTag.ImageDescription, 2, format.Description.Length + 1, description);
        Entry(TiffTag.StripOffsets, offsetType, strips, strips > 1 ? table : offsets[firstStrip]);
        Entry(TiffTag.SamplesPerPixel, Short, 1, 1);
        Entry(TiffTag.RowsPerStrip, Long, 1, format.RowsPerStrip);
        Entry(TiffTag.StripByteCounts, offsetType, strips, strips > 1 ? table + (strips * offsetBytes) : counts[firstStrip]);
        WriteResolution(TiffTag.XResolution, format.StepX, resolution);
        WriteResolution(TiffTag.YResolution, format.StepY, resolution + 8);
        Entry(TiffTag.ResolutionUnit, Short, 1, 1);
        Entry(TiffTag.SampleFormat, Short, 1, format.Type == VoxelType.Float32 ? 3 : 1);
        WriteOffset(plane == format.Planes - 1 ? 0 : position + TableBytes);
    }

    private void WriteTable(int firstStrip)
    {
        for (int strip = 0; strip < strips; strip++) WriteOffset(offsets[firstStrip + strip]);
        for (int strip = 0; strip < strips; strip++) WriteOffset(counts[firstStrip + strip]);
    }

    private void Entry(TiffTag tag, int type, long count, long value)
    {
        writer.Write((ushort)tag);
        writer.Write((ushort)type);
        WriteOffset(count);
        WriteOffset(value);
    }

    // A fraction has 8 bytes: they fit into the entry of a BigTIFF directory and must then stand there.
    private void WriteResolution(TiffTag tag, double step, long place)
    {
        writer.Write((ushort)tag);
        writer.Write((ushort)5);
        WriteOffset(1);
        if (format.IsBigTiff) WriteFraction(step);
        else WriteOffset(place);
    }

    // The fraction says pixels per µm.
    private void WriteFraction(double step)
    {
        (uint numerator, uint denominator) = NearestFraction.Of(step);
        writer.Write(denominator);
        writer.Write(numerator);
    }

    private void WriteOffset(long value)
    {
        if (format.IsBigTiff) writer.Write(value);
        else writer.Write((uint)value);
    }
}
