using System.Text.Json;

namespace Morula.Formats;

/// <summary>Reads .zarray of Zarr version 2.</summary>
internal static class Zarr2Metadata
{
    public static ZarrLayout Read(string path, string folder, JsonElement root)
    {
        (VoxelType type, bool isBig) = TypeOf(path, root.Get("dtype"));
        if (root.List("filters").Length > 0) throw ZarrMetadata.Unread(path, "filters", root.Get("filters"), "none; write the array anew without filters");
        int[] shape = root.Sizes(path, "shape");
        int[] order = [.. Enumerable.Range(0, shape.Length)];
        return new ZarrLayout(folder, 2, shape, root.Sizes(path, "chunks"), type)
        {
            IsBigEndian = isBig,
            Order = root.Text("order") switch
            {
                "C" or null => order,
                "F" => [.. order.Reverse()],
                _ => throw ZarrMetadata.Unread(path, "order", root.Get("order"), "C or F"),
            },
            Codecs = root.Get("compressor") is { } compressor
                ? [ByteCodecs.Of(compressor.Text("id")) ?? throw ZarrMetadata.Unread(path, "compressor", compressor, $"one of {ByteCodecs.Known}")]
                : [],
            Fill = ZarrMetadata.Fill(path, type, root.Get("fill_value")),
            KeySeparator = root.Text("dimension_separator") == "/" ? '/' : '.',
        };
    }

    private static (VoxelType Type, bool IsBig) TypeOf(string path, JsonElement? found)
    {
        string text = found is { ValueKind: JsonValueKind.String } ? found.Value.GetString()! : "";
        VoxelType? type = text.Length == 3 ? NumPyType.Of(text[1..]) : null;
        return type is not null && text[0] is ('<' or '>' or '|')
            ? (type.Value, text[0] == '>')
            : throw ZarrMetadata.Unread(path, "dtype", found, "integers of 8 to 64 bits or floating point of 32 or 64, such as <u2");
    }
}
