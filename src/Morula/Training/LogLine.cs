using System.Buffers;
using System.Text.Json;

namespace Morula.Training;

/// <summary>One line of a training log.</summary>
/// <param name="Step">Number of the step.</param>
/// <param name="Time">When it was written (UTC).</param>
/// <param name="Values">Values by name.</param>
public sealed record LogLine(long Step, DateTimeOffset Time, IReadOnlyDictionary<string, double> Values)
{
    internal const string StepKey = "step";
    internal const string TimeKey = "time";

    /// <summary>The line as UTF-8, its end included.</summary>
    internal static byte[] ToUtf8(long step, DateTimeOffset time, IReadOnlyDictionary<string, double> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber(StepKey, step);
            writer.WriteString(TimeKey, time.UtcDateTime);
            foreach (var (name, value) in values)
            {
                if (double.IsFinite(value)) writer.WriteNumber(name, value);
                else writer.WriteString(name, value.ToString());
            }

            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>Reads a line; null where it is torn or no line of a log.</summary>
    internal static LogLine? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            var values = root.EnumerateObject().Where(member => member.Name is not (StepKey or TimeKey))
                .ToDictionary(member => member.Name, member => Number(member.Value));
            return new LogLine(root.GetProperty(StepKey).GetInt64(), root.GetProperty(TimeKey).GetDateTimeOffset(), values);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!) : value.GetDouble();
}
