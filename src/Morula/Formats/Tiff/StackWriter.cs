using System.Text;

namespace Morula.Formats;

/// <summary>
/// Writes header, strips, then all directories together at the end, where a reader walks them quickly.
/// Little-endian; 64-bit offsets where the format says so.
/// </summary>
internal sealed class StackWriter(Stream stream, StackFormat format, StoredVoxels voxels)
{
    private const int BatchBytes = 1 << 26;
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

    // Strips are asked for one after the other and packed side by side.
    private void WriteStrips()
    {
        int total = checked(format.Planes * format.StripsPerPlane);
        (offsets, counts) = (new long[total], new long[total]);
        int stripBytes = checked(format.RowsPerStrip * format.RowBytes);
        int batch = Math.Clamp(BatchBytes / stripBytes, 1, Environment.ProcessorCount * 4);
        var runs = new VoxelRuns(voxels);
        var raw = new ReadOnlyMemory<byte>[batch];
        var packed = new ReadOnlyMemory<byte>[batch];
        var bytes = new byte[(long)Math.Min(batch, total) * stripBytes];
        for (int start = 0; start < total; start += batch)
        {
            int size = Math.Min(batch, total - start);
            for (int index = 0; index < size; index++) raw[index] = Fill(runs, start + index, bytes.AsMemory(index * stripBytes, stripBytes));
            Parallel.For(0, size, index => packed[index] = StripEncoder.Encode(raw[index]));
            for (int index = 0; index < size; index++)
            {
                (offsets[start + index], counts[start + index]) = (stream.Position, packed[index].Length);
                stream.Write(packed[index].Span);
            }
        }
    }

    // Strips are numbered through all planes; the last of a plane may be shorter.
    private Memory<byte> Fill(VoxelRuns runs, int strip, Memory<byte> room)
    {
        int row = strip % format.StripsPerPlane * format.RowsPerStrip;
        Memory<byte> raw = room[..(Math.Min(format.RowsPerStrip, format.Height - row) * format.RowBytes)];
        runs.Read((((long)(strip / format.StripsPerPlane) * format.Height) + row) * format.Width, raw.Span);
        return raw;
    }
}
