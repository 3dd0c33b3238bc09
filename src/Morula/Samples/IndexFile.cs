using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>The records of an index as a file: magic bytes, records, CRC-32C.</summary>
internal static class IndexFile
{
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("MORULA-INDEX-1\n");

    /// <summary>Writes all records; the file appears whole.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<IndexKey, IndexRecord> records)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(records.Count);
            foreach (var (key, record) in records) WriteRecord(writer, key, record);
        }

        byte[] bytes = memory.ToArray();
        var checksum = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, ByteCodecs.Checksum(bytes));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(bytes);
            stream.Write(checksum);
        });
    }

    /// <summary>Reads a file; null where it is no index or damaged.</summary>
    public static Dictionary<IndexKey, IndexRecord>? Read(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length < Magic.Length + (2 * sizeof(uint)) || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic)) return null;
            if (ByteCodecs.Checksum(bytes.AsSpan(0, bytes.Length - sizeof(uint))) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - sizeof(uint)))) return null;
            using var reader = new BinaryReader(new MemoryStream(bytes, Magic.Length, bytes.Length - Magic.Length - sizeof(uint)), Encoding.UTF8);
            var records = new Dictionary<IndexKey, IndexRecord>();
            for (int left = reader.ReadInt32(); left > 0; left--)
            {
                var key = new IndexKey(reader.ReadString(), reader.ReadString(), reader.ReadString());
                records[key] = ReadRecord(reader);
            }

            return records;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static void WriteRecord(BinaryWriter writer, IndexKey key, IndexRecord record)
    {
        foreach (string part in (string[])[key.Image, key.Labels, key.View]) writer.Write(part);
        writer.Write(record.Working.Rank);
        writer.Write(MemoryMarshal.AsBytes(record.Working.Sizes));
        writer.Write(MemoryMarshal.AsBytes(record.Spacing.Steps));
        writer.Write(record.Scale.Low);
        writer.Write(record.Scale.High);
        writer.Write(record.Cells.Count);
        writer.Write(record.Cells.Counts.Length);
        writer.Write(MemoryMarshal.AsBytes(record.Cells.Labels));
        writer.Write(MemoryMarshal.AsBytes(record.Cells.Boxes));
        writer.Write(MemoryMarshal.AsBytes(record.Cells.Counts));
    }

    private static IndexRecord ReadRecord(BinaryReader reader)
    {
        int rank = reader.ReadInt32();
        var working = new Extent(Numbers<int>(reader, rank));
        var spacing = new Spacing(Numbers<double>(reader, rank));
        var scale = new IntensityScale(reader.ReadSingle(), reader.ReadSingle());
        var (cells, counts) = (reader.ReadInt32(), reader.ReadInt32());
        return new IndexRecord(working, spacing, scale, new CellList(rank, Numbers<int>(reader, cells), Numbers<int>(reader, 2 * rank * cells), Numbers<long>(reader, counts)));
    }

    private static TNumber[] Numbers<TNumber>(BinaryReader reader, int count)
        where TNumber : unmanaged
    {
        var numbers = new TNumber[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
