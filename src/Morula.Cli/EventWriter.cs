using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Morula.Cli;

/// <summary>Writes what happens as JSON, one object a line; may be called from any thread.</summary>
/// <param name="output">Where to.</param>
/// <param name="verb">Name of the verb, which every line states.</param>
/// <param name="clock">Tells when.</param>
internal sealed class EventWriter(TextWriter output, string verb, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Style = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new FiniteNumbers() },
    };

    private readonly Lock gate = new();

    /// <summary>Writes one line.</summary>
    /// <param name="kind">What happened: the value of "event".</param>
    /// <param name="values">What else to say: an object whose properties follow, in camel case.</param>
    public void Write(string kind, object values)
    {
        var line = new JsonObject { ["event"] = kind, ["verb"] = verb, ["time"] = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) };
        JsonObject own = JsonSerializer.SerializeToNode(values, Style)!.AsObject();
        foreach (var (name, value) in own.ToArray())
        {
            own.Remove(name);
            line[name] = value;
        }

        lock (gate)
        {
            output.WriteLine(line.ToJsonString(Style));
            output.Flush();
        }
    }

    /// <summary>Writes a message.</summary>
    public void Message(MessageLevel level, string text) => Write("message", new { level, text });

    /// <summary>JSON knows no infinity and no missing number; both become null.</summary>
    private sealed class FiniteNumbers : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }
}
