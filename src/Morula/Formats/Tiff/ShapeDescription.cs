using System.Text.Json;

namespace Morula.Formats;

/// <summary>The text tifffile keeps in the first page: {"shape": [5, 16, 64, 64], "axes": "TZYX"}.</summary>
internal static class ShapeDescription
{
    /// <summary>The meaning of the pages; null where the text is no such description.</summary>
    public static TiffSeries? TryParse(TiffSource source, TiffPages pages)
    {
        if (!pages.Description.StartsWith('{')) return null;
        (int[]? shape, string? axes) = ReadText(pages.Description);
        if (shape is null) return null;
        bool interleaved = pages.First.Samples > 1 && !pages.First.IsSeparate;
        int inPage = pages.First.Samples > 1 ? 3 : 2;
        if (shape.Length < inPage) return null;
        axes = axes?.Length == shape.Length ? axes : null;
        string leading = NameAxes(axes?[..^inPage], shape.Length - inPage);
        if (interleaved && axes is not null && !axes.EndsWith("YXS", StringComparison.Ordinal) && !axes.EndsWith("YXC", StringComparison.Ordinal))
            throw source.Fault($"the axes {axes} are not read; the last must be Y X.");
        if (!interleaved && axes is not null && !axes.EndsWith("YX", StringComparison.Ordinal))
            throw source.Fault($"the axes {axes} are not read; the last must be Y X.");
        return Make(source, leading, shape[..^inPage]);
    }

    private static TiffSeries Make(TiffSource source, string leading, int[] sizes)
    {
        var size = new Dictionary<char, int> { ['T'] = 1, ['Z'] = 1, ['C'] = 1 };
        string order = "";
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] == 1 && !size.ContainsKey(leading[axis])) continue;
            if (!size.ContainsKey(leading[axis]) || order.Contains(leading[axis], StringComparison.Ordinal))
                throw source.Fault($"the axis {leading[axis]} of {sizes[axis]} planes is not read; save as T, Z, C, Y, X.");
            size[leading[axis]] = sizes[axis];
            order += leading[axis];
        }

        foreach (char axis in "TZC") order = order.Contains(axis, StringComparison.Ordinal) ? order : axis + order;
        return new TiffSeries(order, size['T'], size['Z'], size['C'], new VoxelSize(null, null, null, null));
    }

    // Axes without a known name are taken as depth, then time, then channel, from the fastest on.
    private static string NameAxes(string? given, int count)
    {
        char[] names = (given ?? new string('?', count)).ToUpperInvariant().ToCharArray();
        var free = new Queue<char>("ZTC".Where(axis => !names.Contains(axis)));
        for (int axis = count - 1; axis >= 0; axis--)
        {
            if (names[axis] is 'Q' or 'I' or '?' && free.Count > 0) names[axis] = free.Dequeue();
        }

        return new string(names);
    }

    private static (int[]? Shape, string? Axes) ReadText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (!document.RootElement.TryGetProperty("shape", out JsonElement shape)) return (null, null);
            int[] sizes = [.. shape.EnumerateArray().Select(size => size.GetInt32())];
            bool named = document.RootElement.TryGetProperty("axes", out JsonElement axes) && axes.ValueKind == JsonValueKind.String;
            return (sizes.All(size => size > 0) ? sizes : null, named ? axes.GetString() : null);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return (null, null);
        }
    }
}
