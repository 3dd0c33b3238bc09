using System.Text.Json;

namespace Morula.Options;

/// <summary>
/// Reads and writes options records as JSON. Comments and trailing commas are allowed; unknown or repeated keys, values of the
/// wrong kind or outside their <see cref="RangeAttribute"/>, and null where a value must be are refused with an
/// <see cref="OptionsException"/> of one line. Keys are the names of the properties, letter case included.
/// </summary>
public static class OptionsFile
{
    internal static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a file; keys it leaves out keep the defaults of <typeparamref name="T"/>.</summary>
    /// <param name="path">A JSON file.</param>
    /// <param name="overrides">"Section.Key=value", applied after the file in order, so that the last one counts.</param>
    /// <exception cref="OptionsException">The file does not exist or does not fit.</exception>
    public static T Read<T>(string path, IEnumerable<string> overrides)
        where T : class, new() => Read(new T(), path, overrides);

    /// <summary>Reads a file that says only what differs from <paramref name="baseline"/>.</summary>
    /// <param name="baseline">Record whose values stay where the file says nothing.</param>
    /// <param name="path">A JSON file.</param>
    /// <param name="overrides">"Section.Key=value", applied after the file in order, so that the last one counts.</param>
    /// <exception cref="OptionsException">The file does not exist or does not fit.</exception>
    public static T Read<T>(T baseline, string path, IEnumerable<string> overrides)
        where T : class
    {
        if (!File.Exists(path)) throw new OptionsException(path, "there is no such options file.");
        return Apply(baseline, File.ReadAllText(path), path, overrides);
    }

    /// <summary>As <see cref="Read{T}(string, IEnumerable{string})"/>, from a text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="overrides">"Section.Key=value", applied after the text in order.</param>
    /// <exception cref="OptionsException">The text or an override does not fit.</exception>
    public static T Parse<T>(string json, string source, IEnumerable<string> overrides)
        where T : class, new() => Apply(new T(), json, source, overrides);

    /// <summary>A copy of a record in which the keys present in a text, then those of the overrides, are replaced.</summary>
    /// <param name="baseline">Record whose values stay where nothing else is said; it is not changed.</param>
    /// <param name="json">A JSON object.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="overrides">"Section.Key=value", applied after the text in order.</param>
    /// <exception cref="OptionsException">The text or an override does not fit.</exception>
    public static T Apply<T>(T baseline, string json, string source, IEnumerable<string> overrides)
        where T : class => Override(Bind(baseline, json, source), overrides);

    /// <summary>A copy of a record in which the keys of the overrides are replaced.</summary>
    /// <param name="baseline">Record whose values stay where nothing else is said; it is not changed.</param>
    /// <param name="overrides">
    /// "Section.Key=value" in order: text without quotes, lists as [1,2,3] or 1,2,3, lists of lists as [1,2],[3,4], sections as JSON.
    /// </param>
    /// <exception cref="OptionsException">An override does not fit.</exception>
    public static T Override<T>(T baseline, IEnumerable<string> overrides)
        where T : class =>
        overrides.Aggregate(baseline, (record, text) => Bind(record, OptionOverride.ToJson(text, record.GetType()), OptionOverride.Source));

    /// <summary>A record as indented JSON with all its keys; <see cref="Parse"/> gives the same record back.</summary>
    /// <exception cref="ArgumentException">A number is not finite, which JSON cannot say.</exception>
    public static string Write<T>(T record)
        where T : class => OptionsWriter.ToJson(record);

    private static T Bind<T>(T baseline, string json, string source)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            return (T)new OptionsBinder(source, baseline.GetType()).Section(baseline, document.RootElement, string.Empty);
        }
        catch (JsonException fault)
        {
            string place = $"line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}";
            string reason = fault.Message.Split(" LineNumber:")[0].ReplaceLineEndings(" ");
            throw new OptionsException(source, $"{place}: this is not JSON: {reason}", fault);
        }
    }
}
