using System.Text.Json;

namespace Morula.Formats;

/// <summary>Reads zarr.json of an array of Zarr version 3.</summary>
internal static class Zarr3Metadata
{
    public static ZarrLayout Read(string path, string folder, JsonElement root)
    {
        string? name = root.Text("data_type");
        VoxelType type = name == "bool" ? VoxelType.UInt8
            : Enum.GetValues<VoxelType>().Select(known => (VoxelType?)known).FirstOrDefault(known => string.Equals(known!.Value.ToString(), name, StringComparison.OrdinalIgnoreCase))
            ?? throw ZarrMetadata.Unread(path, "data_type", root.Get("data_type"), "an integer of 8 to 64 bits or floating point of 32 or 64, such as uint16");
        JsonElement grid = root.Get("chunk_grid") ?? default;
        if (grid.Text("name") != "regular" || grid.Get("configuration") is not { } shape) throw ZarrMetadata.Unread(path, "chunk_grid", root.Get("chunk_grid"), "a regular grid");
        if (root.List("storage_transformers").Length > 0) throw ZarrMetadata.Unread(path, "storage_transformers", root.Get("storage_transformers"), "none");
        JsonElement[] names = root.List("dimension_names");
        var layout = new ZarrLayout(folder, 3, root.Sizes(path, "shape"), shape.Sizes(path, "chunk_shape"), type)
        {
            Fill = ZarrMetadata.Fill(path, type, root.Get("fill_value")),
            Axes = names.Length > 0 ? [.. names.Select(axis => axis.ValueKind == JsonValueKind.String ? axis.GetString()! : "")] : null,
        };
        return Coded(path, Keyed(path, layout, root.Get("chunk_key_encoding")), root.List("codecs"), mayShard: true);
    }

    private static ZarrLayout Keyed(string path, ZarrLayout layout, JsonElement? encoding)
    {
        bool isDefault = encoding?.Text("name") is "default";
        if (!isDefault && encoding?.Text("name") != "v2") throw ZarrMetadata.Unread(path, "chunk_key_encoding", encoding, "default or v2");
        string? said = encoding?.Get("configuration")?.Text("separator");
        char separator = said switch { null => isDefault ? '/' : '.', "/" => '/', "." => '.', _ => throw ZarrMetadata.Unread(path, "chunk_key_encoding", encoding, "a separator . or /") };
        string prefix = isDefault ? "c" + (separator == '/' ? Path.DirectorySeparatorChar : '.') : "";
        return layout with { KeyPrefix = prefix, KeySeparator = separator };
    }

    // Turned axes first, then one codec that makes bytes, then those that pack bytes.
    private static ZarrLayout Coded(string path, ZarrLayout layout, JsonElement[] codecs, bool mayShard)
    {
        bool hasBytes = false;
        var packings = new List<ByteCodec>();
        foreach (JsonElement codec in codecs)
        {
            string? name = codec.Text("name");
            JsonElement with = codec.Get("configuration") ?? default;
            if (name == "transpose" && !hasBytes) layout = layout with { Order = Turned(path, layout, with) };
            else if (name == "bytes" && !hasBytes) (layout, hasBytes) = (layout with { IsBigEndian = with.Text("endian") == "big" }, true);
            else if (name == "sharding_indexed" && mayShard && codecs.Length == 1) return Sharded(path, layout, with);
            else if (hasBytes && ByteCodecs.Of(name) is { } packing) packings.Add(packing);
            else throw ZarrMetadata.Unread(path, "codecs", codec, $"transpose, then bytes, then any of {ByteCodecs.Known}; or sharding_indexed alone");
        }

        return hasBytes ? layout with { Codecs = packings } : throw new VolumeFormatException(path, "'codecs' has none that makes bytes; expected bytes or sharding_indexed.");
    }

    private static int[] Turned(string path, ZarrLayout layout, JsonElement with)
    {
        int[] order = with.Sizes(path, "order", least: 0);
        if (!order.Order().SequenceEqual(Enumerable.Range(0, layout.Shape.Length))) throw ZarrMetadata.Unread(path, "order", with.Get("order"), "every axis once");
        return [.. order.Select(axis => layout.Order[axis])];
    }

    private static ZarrLayout Sharded(string path, ZarrLayout layout, JsonElement with)
    {
        int[] inner = with.Sizes(path, "chunk_shape");
        if (inner.Length != layout.Chunk.Length || inner.Where((size, axis) => layout.Chunk[axis] % size != 0).Any())
            throw ZarrMetadata.Unread(path, "chunk_shape", with.Get("chunk_shape"), $"sizes that divide the shard of {string.Join(" x ", layout.Chunk)}");
        string[] index = [.. with.List("index_codecs").Select(codec => codec.Get("configuration")?.Text("endian") == "big" ? "big-endian" : codec.Text("name") ?? "")];
        if (index is not (["bytes"] or ["bytes", "crc32c"])) throw ZarrMetadata.Unread(path, "index_codecs", with.Get("index_codecs"), "little-endian bytes, with or without crc32c");
        ZarrLayout whole = layout with
        {
            Shard = layout.Chunk,
            Chunk = inner,
            HasIndexChecksum = index.Length == 2,
            IsIndexLast = with.Text("index_location") != "start",
        };
        return Coded(path, whole, with.List("codecs"), mayShard: false);
    }
}
