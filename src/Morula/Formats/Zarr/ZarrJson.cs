using System.Text.Json;

namespace Morula.Formats;

/// <summary>Metadata of Zarr, read so that whatever is wrong in it is a fault of the file.</summary>
internal static class ZarrJson
{
    private const long MostBytes = 64 << 20;

    /// <summary>Reads a file of metadata and what it means; null where there is no such file.</summary>
    public static TMeaning? Read<TMeaning>(string path, Func<JsonElement, TMeaning?> meaning)
        where TMeaning : class
    {
        try
        {
            if (!File.Exists(path)) return null;
            if (new FileInfo(path).Length > MostBytes) throw new VolumeFormatException(path, $"metadata of more than {MostBytes} bytes; it is damaged.");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new VolumeFormatException(path, "expected an object { ... }; it is damaged.");
            return meaning(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new VolumeFormatException(path, $"the metadata cannot be read ({Line(fault.Message)}); it is damaged.", fault);
        }
    }

    /// <summary>A member of an object; null where it is missing or null.</summary>
    public static JsonElement? Get(this JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text; null where it is missing or something else.</summary>
    public static string? Text(this JsonElement node, string name) => node.Get(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The members of a list; none where it is missing or something else.</summary>
    public static JsonElement[] List(this JsonElement node, string name) => node.Get(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    /// <summary>Whole numbers from <paramref name="least"/> on.</summary>
    public static int[] Sizes(this JsonElement node, string path, string name, int least = 1)
    {
        int[] sizes = [.. node.List(name).Select(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out int value) && value >= least ? value : -1)];
        return sizes.Length > 0 && !sizes.Contains(-1)
            ? sizes
            : throw new VolumeFormatException(path, $"'{name}' is {Found(node.Get(name))}; expected a list of whole numbers from {least} to {int.MaxValue}.");
    }

    /// <summary>A value as it is written, in one short line.</summary>
    public static string Found(JsonElement? node) => node is { } value ? Line(value.GetRawText()) : "missing";

    private static string Line(string text)
    {
        string line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length > 80 ? line[..80] + "..." : line;
    }
}
