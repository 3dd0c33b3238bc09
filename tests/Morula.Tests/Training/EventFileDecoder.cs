using System.Text;
using Xunit;

namespace Morula.Tests.Training;

/// <summary>Reads TensorBoard event files from their published description alone, checksums bit by bit.</summary>
internal static class EventFileDecoder
{
    public sealed record Event(double WallTime, long Step, string? Version, bool IsStart, IReadOnlyList<(string Tag, float Value)> Values);

    public static List<Event> Read(string path)
    {
        using var reader = new BinaryReader(File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var events = new List<Event>();
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            byte[] length = reader.ReadBytes(8);
            Assert.Equal(Masked(length), reader.ReadUInt32());
            byte[] record = reader.ReadBytes((int)BitConverter.ToUInt64(length));
            Assert.Equal(Masked(record), reader.ReadUInt32());
            events.Add(Decode(record));
        }

        return events;
    }

    private static Event Decode(byte[] record)
    {
        var (time, step, version, isStart) = (double.NaN, 0L, (string?)null, false);
        var values = new List<(string, float)>();
        foreach (var (field, wire, content) in Fields(record))
        {
            if ((field, wire) == (1, 1)) time = BitConverter.ToDouble(content);
            else if ((field, wire) == (2, 0)) step = (long)BitConverter.ToUInt64(content);
            else if ((field, wire) == (3, 2)) version = Encoding.UTF8.GetString(content);
            else if ((field, wire) == (7, 2)) isStart = BitConverter.ToUInt64(Fields(content).Single().Content) == 1;
            else if ((field, wire) == (5, 2)) values.AddRange(Fields(content).Select(value => Value(value.Content)));
            else Assert.Fail($"field {field} of wire type {wire} is unknown");
        }

        return new Event(time, step, version, isStart, values);
    }

    private static (string Tag, float Value) Value(byte[] message)
    {
        var fields = Fields(message).ToList();
        Assert.Equal([(1, 2), (2, 5)], fields.Select(field => (field.Field, field.Wire)));
        return (Encoding.UTF8.GetString(fields[0].Content), BitConverter.ToSingle(fields[1].Content));
    }

    private static IEnumerable<(int Field, int Wire, byte[] Content)> Fields(byte[] message)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong key = Varint();
            int wire = (int)(key & 7);
            int length = wire switch { 1 => 8, 5 => 4, 2 => (int)Varint(), _ => 0 };
            byte[] content = wire == 0 ? BitConverter.GetBytes(Varint()) : message[at..(at + length)];
            at += length;
            yield return ((int)(key >> 3), wire, content);
        }

        ulong Varint()
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte next = message[at++];
                value |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80) return value;
            }
        }
    }

    private static uint Masked(byte[] bytes)
    {
        uint crc = 0xffffffff;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82f63b78 : crc >> 1;
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }
}
