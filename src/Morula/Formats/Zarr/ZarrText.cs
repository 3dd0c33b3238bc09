using System.Text.Json;
using System.Text.Json.Nodes;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>The metadata that are written: Zarr 3 with NGFF 0.5, or Zarr 2 with NGFF 0.4.</summary>
internal static class ZarrText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The file of a chunk.</summary>
    public static string FileOf(string folder, int version, IEnumerable<int> place) =>
        Path.Combine([folder, .. version == 3 ? (string[])["c"] : [], .. place.Select(ZarrLevel.NameOf)]);

    /// <summary>Writes what an array is.</summary>
    public static void WriteArray(string folder, StoredVoxels voxels, Extent chunk)
    {
        int bytes = voxels.VoxelBytes;
        string axes = "tzyx"[(4 - voxels.Extent.Rank)..];
        if (voxels.ZarrFormat == 2)
        {
            Save(folder, ".zarray", new JsonObject
            {
                ["zarr_format"] = 2,
                ["shape"] = Numbers(voxels.Extent),
                ["chunks"] = Numbers(chunk),
                ["dtype"] = bytes == 1 ? "|u1" : voxels.Type == VoxelType.Float32 ? "<f4" : $"<u{bytes}",
                ["compressor"] = new JsonObject { ["id"] = "zstd", ["level"] = 3 },
                ["fill_value"] = 0,
                ["order"] = "C",
                ["filters"] = null,
                ["dimension_separator"] = "/",
            });
            return;
        }

        Save(folder, "zarr.json", new JsonObject
        {
            ["zarr_format"] = 3,
            ["node_type"] = "array",
            ["shape"] = Numbers(voxels.Extent),
            ["data_type"] = voxels.Type.ToString().ToLowerInvariant(),
            ["chunk_grid"] = Named("regular", new JsonObject { ["chunk_shape"] = Numbers(chunk) }),
            ["chunk_key_encoding"] = Named("default", new JsonObject { ["separator"] = "/" }),
            ["fill_value"] = 0,
            ["codecs"] = new JsonArray(
                Named("bytes", new JsonObject { ["endian"] = "little" }),
                Named("zstd", new JsonObject { ["level"] = 3, ["checksum"] = false })),
            ["dimension_names"] = new JsonArray([.. axes.Select(axis => (JsonNode)axis.ToString())]),
            ["attributes"] = new JsonObject(),
        });
    }

    /// <summary>Writes what the image is.</summary>
    public static void WriteGroup(string folder, string name, StoredVoxels voxels, IReadOnlyList<ZarrLevel> levels)
    {
        bool isOlder = voxels.ZarrFormat == 2;
        string version = isOlder ? "0.4" : "0.5";
        JsonObject image = Image(name, voxels, levels);
        if (isOlder) image["version"] = version;
        var ome = new JsonObject { ["multiscales"] = new JsonArray(image) };
        if (!isOlder) ome["version"] = version;
        if (voxels.IsLabels) ome["image-label"] = new JsonObject { ["version"] = version };
        if (isOlder) Save(folder, ".zgroup", new JsonObject { ["zarr_format"] = 2 });
        if (isOlder) Save(folder, ".zattrs", ome);
        else Save(folder, "zarr.json", new JsonObject { ["zarr_format"] = 3, ["node_type"] = "group", ["attributes"] = new JsonObject { ["ome"] = ome } });
    }

    private static JsonObject Image(string name, StoredVoxels voxels, IReadOnlyList<ZarrLevel> levels)
    {
        JsonNode Axis(char axis) => axis == 't'
            ? new JsonObject { ["name"] = "t", ["type"] = "time", ["unit"] = "second" }
            : new JsonObject { ["name"] = axis.ToString(), ["type"] = "space", ["unit"] = "micrometer" };
        return new JsonObject
        {
            ["name"] = name,
            ["axes"] = new JsonArray([.. "tzyx"[(4 - voxels.Extent.Rank)..].Select(Axis)]),
            ["datasets"] = new JsonArray([.. levels.Select((level, index) => (JsonNode)new JsonObject
            {
                ["path"] = ZarrLevel.NameOf(index),
                ["coordinateTransformations"] = Placement(level, levels[0]),
            })]),
            ["type"] = voxels.IsLabels ? "mode" : "mean",
        };
    }

    // The centre of a coarse voxel is that of the fine ones it stands for.
    private static JsonArray Placement(ZarrLevel level, ZarrLevel finest)
    {
        var steps = new JsonArray(new JsonObject { ["type"] = "scale", ["scale"] = Numbers(level.Spacing.Steps.ToArray()) });
        double[] shift = [.. level.Spacing.Steps.ToArray().Zip(finest.Spacing.Steps.ToArray(), (coarse, fine) => (coarse - fine) / 2)];
        if (Array.Exists(shift, value => value != 0)) steps.Add((JsonNode)new JsonObject { ["type"] = "translation", ["translation"] = Numbers(shift) });
        return steps;
    }

    private static JsonObject Named(string name, JsonObject configuration) => new() { ["name"] = name, ["configuration"] = configuration };

    private static JsonArray Numbers(Extent extent) => new([.. extent.Sizes.ToArray().Select(size => (JsonNode)size)]);

    private static JsonArray Numbers(double[] values) => new([.. values.Select(value => (JsonNode)value)]);

    private static void Save(string folder, string name, JsonObject content) =>
        AtomicFile.WriteText(Path.Combine(folder, name), content.ToJsonString(Indented) + "\n");
}
