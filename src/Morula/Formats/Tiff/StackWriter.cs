using System.Text;

namespace Morula.Formats;

/// <summary>
/// Writes header, strips, then all directories together at the end, where a reader walks them quickly.
/// Little-endian; 64-bit offsets where the format says so.
/// </summary>
internal sealed class StackWriter(Stream stream, StackFormat format, StripEncoder.Fill fill)
{
    private readonly BinaryWriter writer = new(stream, Encoding.ASCII, leaveOpen: true);
    private long[] offsets = [];
    private long[] counts = [];

    public void Write()
    {
        WriteHeader(0);
        WriteStrips();
        if (stream.Position % 2 != 0) stream.WriteByte(0);
        long first = new DirectoryWriter(stream, format, offsets, counts).Write();
        stream.Position = 0;
        WriteHeader(first);
        writer.Flush();
    }

    private void WriteHeader(long first)
    {
        writer.Write("II"u8);
        writer.Write((ushort)(format.IsBigTiff ? 43 : 42));
        if (format.IsBigTiff)
        {
            writer.Write((ushort)8);
            writer.Write((ushort)0);
            writer.Write(first);
        }
        else
        {
            writer.Write((uint)first);
        }

        writer.Flush();
    }

    private void WriteStrips()
    {
        int total = checked(format.Planes * format.StripsPerPlane);
        (offsets, counts) = (new long[total], new long[total]);
        int batch = Environment.ProcessorCount * 4;
        var packed = new ReadOnlyMemory<byte>[batch];
        for (int start = 0; start < total; start += batch)
        {
            int from = start;
            int size = Math.Min(batch, total - start);
            Parallel.For(0, size, index => packed[index] = StripEncoder.Encode(format, fill, from + index));
            for (int index = 0; index < size; index++)
            {
                (offsets[start + index], counts[start + index]) = (stream.Position, packed[index].Length);
                stream.Write(packed[index].Span);
            }
        }
    }
}
