using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Morula.Fitting;

/// <summary>Writes advice for other programs.</summary>
internal static class AdviceJson
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object with the keys seen and advice; the latter lists key, value and reason.</summary>
    public static string Compose(Recommendation recommendation)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
        {
            writer.WriteStartObject();
            writer.WriteString("seen", recommendation.Seen);
            writer.WriteStartArray("advice");
            foreach (Advice advice in recommendation.Advice)
            {
                writer.WriteStartObject();
                writer.WriteString("key", advice.Key);
                writer.WritePropertyName("value");
                writer.WriteRawValue(advice.Value);
                writer.WriteString("reason", advice.Reason);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
