using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Morula.Options;

/// <summary>Writes options records as JSON: sections and keys on lines of their own, lists of plain values on one.</summary>
internal static class OptionsWriter
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        // The text is read by people and by this program, never put into a page as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToJson(object record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Layout)) WriteSection(writer, record);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>One value on one line, as a file would say it.</summary>
    public static string Inline(object? value, OptionType type) => type.Kind switch
    {
        _ when value is null => "null",
        OptionKind.Flag => (bool)value ? "true" : "false",
        OptionKind.Whole => Convert.ToInt64(value).ToString(),
        OptionKind.Number => Number(value),
        OptionKind.List => $"[{string.Join(", ", ((IEnumerable)value).Cast<object?>().Select(item => Inline(item, type.Item!)))}]",
        OptionKind.Section => $"{{ {string.Join(", ", OptionKey.In(value.GetType())
            .Select(key => $"\"{key.Name}\": {Inline(key.Get(value), key.Type)}"))} }}",
        _ => $"\"{JsonEncodedText.Encode(value.ToString()!, Layout.Encoder)}\"",
    };

    private static void WriteSection(Utf8JsonWriter writer, object record)
    {
        writer.WriteStartObject();
        foreach (OptionKey key in OptionKey.In(record.GetType()))
        {
            writer.WritePropertyName(key.Name);
            WriteValue(writer, key.Get(record), key.Type);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, OptionType type)
    {
        if (value is not null && type.Kind == OptionKind.Section)
        {
            WriteSection(writer, value);
        }
        else if (value is not null && type is { Kind: OptionKind.List, Item.Kind: OptionKind.Section })
        {
            writer.WriteStartArray();
            foreach (object? item in (IEnumerable)value) WriteValue(writer, item, type.Item);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteRawValue(Inline(value, type));
        }
    }

    private static string Number(object value)
    {
        if (!double.IsFinite(Convert.ToDouble(value))) throw new ArgumentException($"The option value {value} is not finite: JSON cannot say it.");
        return value is float single ? single.ToString("R") : ((double)value).ToString("R");
    }
}
