using System.Buffers.Binary;
using System.Text;

namespace Morula.Training;

/// <summary>
/// A TensorBoard event file: records of Event messages, each a protocol buffer encoded by hand.
/// Event: 1 wall_time (double, s), 2 step (int64), 3 file_version (text), 5 summary, 7 session_log.
/// Summary: 1 value, repeated. Value: 1 tag (text), 2 simple_value (float). SessionLog: 1 status (1: start).
/// </summary>
internal sealed class LogEventFile : IDisposable
{
    public const string NamePrefix = "events.out.tfevents.";

    private readonly FileStream file;

    /// <summary>Begins a new file, whose name holds the time (s since 1970) and, where that name is taken, a number.</summary>
    public LogEventFile(string folder, DateTimeOffset time)
    {
        string name = Path.Combine(folder, $"{NamePrefix}{time.ToUnixTimeSeconds():D10}.morula");
        string path = name;
        for (int again = 1; File.Exists(path); again++) path = $"{name}.{again}";
        file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Append([.. WallTime(time), .. Text(3, "brain.Event:2")]);
    }

    /// <summary>Writes the values of one step.</summary>
    public void Write(DateTimeOffset time, long step, IReadOnlyDictionary<string, double> values)
    {
        var summary = new List<byte>();
        foreach (var (name, value) in values) summary.AddRange(Bytes(1, [.. Text(1, name), .. Single(2, (float)value)]));
        Append([.. WallTime(time), .. Number(2, step), .. Bytes(5, [.. summary])]);
    }

    /// <summary>Tells the reader to forget what earlier files of the folder say of this step and later ones.</summary>
    public void StartAgainFrom(DateTimeOffset time, long step) =>
        Append([.. WallTime(time), .. Number(2, step), .. Bytes(7, Number(1, 1))]);

    public void Dispose() => file.Dispose();

    // TFRecord: length (uint64), its checksum, the record, its checksum; all little-endian.
    private void Append(byte[] record)
    {
        var framed = new byte[record.Length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(framed, record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(8), LogChecksum.Masked(framed.AsSpan(0, 8)));
        record.CopyTo(framed, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(12 + record.Length), LogChecksum.Masked(record));
        file.Write(framed);
        file.Flush();
    }

    private static byte[] WallTime(DateTimeOffset time)
    {
        var field = new byte[9];
        field[0] = (1 << 3) | 1;
        BinaryPrimitives.WriteDoubleLittleEndian(field.AsSpan(1), (time - DateTimeOffset.UnixEpoch).TotalSeconds);
        return field;
    }

    private static byte[] Single(int tag, float value)
    {
        var field = new byte[5];
        field[0] = (byte)((tag << 3) | 5);
        BinaryPrimitives.WriteSingleLittleEndian(field.AsSpan(1), value);
        return field;
    }

    private static byte[] Number(int tag, long value) => [(byte)(tag << 3), .. Varint((ulong)value)];

    private static byte[] Text(int tag, string text) => Bytes(tag, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int tag, byte[] content) => [(byte)((tag << 3) | 2), .. Varint((ulong)content.Length), .. content];

    // Seven bits a byte, lowest first; the top bit says that more follow.
    private static List<byte> Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return bytes;
    }
}
