using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Morula.Formats;

namespace Morula.Correction;

/// <summary>
/// A file of edits, one JSON object a line, which only grows: each edit is written whole and at once, and an edit is taken back by a line that says so.
/// </summary>
public static class EditList
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads one edit.</summary>
    /// <exception cref="EditException">It is none.</exception>
    public static Edit Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Edit>(line, Layout) ?? throw new JsonException("it is empty");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw new EditException($"this is no edit ({fault.Message.Split(" Path:")[0].Split('\n')[0]})");
        }
    }

    /// <summary>One edit as a line of the file, without its end.</summary>
    public static string Text(Edit edit) => JsonSerializer.Serialize(edit, Layout);

    /// <summary>The edits of a file that are not taken back; none where there is no file. A last line that was not written to its end is passed over.</summary>
    /// <exception cref="VolumeFormatException">A line is no edit.</exception>
    public static IReadOnlyList<Edit> Read(string path)
    {
        var edits = new List<Edit>();
        string text = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        string[] lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n');
        for (int number = 0; number < lines.Length; number++)
        {
            if (string.IsNullOrWhiteSpace(lines[number])) continue;
            try
            {
                Add(edits, Parse(lines[number]));
            }
            catch (EditException fault)
            {
                throw new VolumeFormatException(path, $"line {number + 1}: {fault.Message}; remove the line.", fault);
            }
        }

        return edits;
    }

    /// <summary>The edits as one more leaves them.</summary>
    /// <exception cref="EditException">There is nothing to take back.</exception>
    public static IReadOnlyList<Edit> With(IReadOnlyList<Edit> edits, Edit edit)
    {
        List<Edit> all = [.. edits];
        Add(all, edit);
        return all;
    }

    /// <summary>Appends an edit to a file, which is made where it is missing, in one write that is flushed to the disk.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Append(string path, Edit edit)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.SetLength(EndOfLastLine(file));
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(Text(edit) + "\n"));
        file.Flush(flushToDisk: true);
    }

    // Behind it may stand a line that was not written to its end.
    private static long EndOfLastLine(FileStream file)
    {
        for (long end = file.Length; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n') return end;
        }

        return 0;
    }

    private static void Add(List<Edit> edits, Edit edit)
    {
        if (edit is not UndoEdit)
        {
            edits.Add(edit);
            return;
        }

        if (edits.Count == 0) throw new EditException("there is no edit to take back.");
        edits.RemoveAt(edits.Count - 1);
    }
}
