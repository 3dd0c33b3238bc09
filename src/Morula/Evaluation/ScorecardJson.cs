using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Morula.Evaluation;

/// <summary>The JSON form of a scorecard.</summary>
internal static class ScorecardJson
{
    private const int FormatVersion = 1;

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the scores of images and, where there are tracks, those of the tracks.</summary>
    public static string Write(Scorecard card, TrackingScores? tracking = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteString("format", "morula scorecard");
            json.WriteNumber("version", FormatVersion);
            json.WriteString("made by", $"Morula {typeof(Scorecard).Assembly.GetName().Version?.ToString(3)}");
            WriteScores(json, "pooled", card.Table);
            if (tracking is not null) WriteScores(json, "tracking", tracking.Rows);
            WriteImages(json, card);
            WriteOptions(json, card.Options, tracking);
            WriteConventions(json, tracking is null ? ScoreConventions.OfImages : [.. ScoreConventions.OfImages, .. ScoreConventions.OfTracks]);
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
            WriteScores(json, "scores", image.Scores.Table);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteScores(Utf8JsonWriter json, string key, ScoreTable scores)
    {
        json.WriteStartObject(key);
        foreach (ScoreRow row in scores)
        {
            if (row.Value is { } value && double.IsFinite(value)) json.WriteNumber(row.Name, value);
            else json.WriteNull(row.Name);
        }

        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, EvaluationOptions options, TrackingScores? tracking)
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
        if (tracking is not null) WriteTrackingOptions(json, tracking);
        json.WriteEndObject();
    }

    private static void WriteTrackingOptions(Utf8JsonWriter json, TrackingScores tracking)
    {
        json.WriteNumber("first frame", tracking.FirstFrame);
        json.WriteNumber("last frame", tracking.LastFrame);
        json.WriteStartArray("lineage frames");
        foreach (int frames in tracking.Options.LineageFrames) json.WriteNumberValue(frames);
        json.WriteEndArray();
        json.WriteNumber("most division frames", tracking.Options.MostDivisionFrames);
    }

    private static void WriteConventions(Utf8JsonWriter json, IEnumerable<(string Name, string Sentence)> conventions)
    {
        json.WriteStartObject("conventions");
        foreach (var (name, sentence) in conventions) json.WriteString(name, sentence);
        json.WriteEndObject();
    }

    private static void WriteLines(Utf8JsonWriter json, string key, IEnumerable<string> lines)
    {
        json.WriteStartArray(key);
        foreach (string line in lines) json.WriteStringValue(line);
        json.WriteEndArray();
    }
}
