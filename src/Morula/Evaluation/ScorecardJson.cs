using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Morula.Evaluation;

/// <summary>The JSON form of a scorecard.</summary>
internal static class ScorecardJson
{
    private const int FormatVersion = 1;

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Scorecard card)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteString("format", "morula scorecard");
            json.WriteNumber("version", FormatVersion);
            json.WriteString("made by", $"Morula {typeof(Scorecard).Assembly.GetName().Version?.ToString(3)}");
            WriteScores(json, "pooled", card.Pooled);
            WriteImages(json, card);
            WriteOptions(json, card.Options);
            WriteConventions(json);
            WriteLines(json, "notes", card.Notes);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteImages(Utf8JsonWriter json, Scorecard card)
    {
        json.WriteStartArray("images");
        foreach (ImageScores image in card.Images)
        {
            json.WriteStartObject();
            json.WriteString("name", image.Name);
            WriteScores(json, "scores", image.Scores);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteScores(Utf8JsonWriter json, string key, Scores scores)
    {
        json.WriteStartObject(key);
        foreach (ScoreRow row in scores.Table)
        {
            if (row.Value is { } value && double.IsFinite(value)) json.WriteNumber(row.Name, value);
            else json.WriteNull(row.Name);
        }

        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, EvaluationOptions options)
    {
        json.WriteStartObject("options");
        json.WriteStartArray("thresholds");
        foreach (double threshold in options.Thresholds) json.WriteNumberValue(threshold);
        json.WriteEndArray();
        json.WriteNumber("contact gap", options.ContactGap);
        json.WriteNumber("least contact faces", options.LeastContactFaces);
        json.WriteNumber("truth background", options.TruthBackground);
        json.WriteNumber("prediction background", options.PredictionBackground);
        json.WriteNumber("field tolerance", options.FieldTolerance);
        json.WriteBoolean("any field", options.AnyField);
        json.WriteEndObject();
    }

    private static void WriteConventions(Utf8JsonWriter json)
    {
        json.WriteStartObject("conventions");
        foreach (var (name, sentence) in ScoreConventions.All) json.WriteString(name, sentence);
        json.WriteEndObject();
    }

    private static void WriteLines(Utf8JsonWriter json, string key, IEnumerable<string> lines)
    {
        json.WriteStartArray(key);
        foreach (string line in lines) json.WriteStringValue(line);
        json.WriteEndArray();
    }
}
