using System.Text.Json;

namespace Morula.Formats;

/// <summary>What a group says of an image at several levels (NGFF 0.1 to 0.5).</summary>
/// <param name="Version">Version of NGFF.</param>
/// <param name="Axes">Names of the axes and their units; null where they are not named.</param>
/// <param name="Levels">The arrays, finest first, and their steps as far as they are stated.</param>
internal sealed record OmeMultiscales(string Version, IReadOnlyList<(string Name, string? Unit)>? Axes, IReadOnlyList<(string Path, double[]? Scale)> Levels)
{
    /// <summary>Reads a group; null where it is no such image.</summary>
    public static OmeMultiscales? Read(string folder) =>
        ZarrJson.Read(Path.Combine(folder, "zarr.json"), root => Of(root.Get("attributes")))
        ?? ZarrJson.Read(Path.Combine(folder, ".zattrs"), root => Of(root));

    private static OmeMultiscales? Of(JsonElement? attributes)
    {
        if (attributes is not { } all) return null;
        JsonElement ome = all.Get("ome") ?? all;
        if (ome.List("multiscales") is not [var image, ..]) return null;
        var axes = image.List("axes").Select(axis => axis.ValueKind == JsonValueKind.String ? (axis.GetString()!, null) : (axis.Text("name") ?? "", axis.Text("unit"))).ToList();
        double[]? shared = ScaleOf(image);
        var levels = image.List("datasets").Select(level => (level.Text("path") ?? "", Times(ScaleOf(level), shared))).ToList();
        return new OmeMultiscales(ome.Text("version") ?? image.Text("version") ?? "0.4", axes.Count > 0 ? axes : null, levels);
    }

    private static double[]? ScaleOf(JsonElement node)
    {
        double[][] scales = [.. node.List("coordinateTransformations").Where(step => step.Text("type") == "scale")
            .Select(step => step.List("scale").Select(number => number.GetDouble()).ToArray())];
        return scales.Length > 0 ? scales[0] : null;
    }

    private static double[]? Times(double[]? first, double[]? second) =>
        first is null ? second : second is null || second.Length != first.Length ? first : [.. first.Zip(second, (one, other) => Rounding.ToDigits(one * other, 14))];
}
