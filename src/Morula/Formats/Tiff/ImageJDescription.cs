using System.Globalization;

namespace Morula.Formats;

/// <summary>
/// The text ImageJ keeps in the first page: one "key=value" per line. Channels vary fastest, then slices, then frames.
/// </summary>
internal static class ImageJDescription
{
    public static TiffSeries Parse(TiffSource source, TiffPages pages)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in pages.Description.Split('\n', '\r'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) values.TryAdd(line[..equals].Trim(), line[(equals + 1)..].Trim());
        }

        int images = Count("images") ?? pages.All.Count;
        int channels = Count("channels") ?? 1;
        int frames = Count("frames") ?? 1;
        int slices = Count("slices") ?? (int)Math.Max(1, images / Math.Max(1, (long)channels * frames));
        var series = new TiffSeries("TZC", frames, slices, channels, SizeOf(values, pages));
        if (series.Count != images)
            throw source.Fault($"the ImageJ description counts {images} images but {frames} frames x {slices} slices x {channels} channels; save it again in ImageJ.");
        return series;

        int? Count(string key)
        {
            if (!values.TryGetValue(key, out string? value)) return null;
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0) return count;
            throw source.Fault($"the ImageJ description has {key}={value.ReplaceLineEndings(" ")}, which is no number of planes.");
        }
    }

    private static VoxelSize SizeOf(Dictionary<string, string> values, TiffPages pages)
    {
        string? unit = values.GetValueOrDefault("unit");
        string? unitY = values.GetValueOrDefault("yunit") ?? unit;
        string? unitZ = values.GetValueOrDefault("zunit") ?? unit;
        return new VoxelSize(
            LengthUnit.ToSeconds(Number(values, "finterval"), values.GetValueOrDefault("tunit")),
            LengthUnit.ToMicrometres(Number(values, "spacing"), unitZ),
            LengthUnit.ToMicrometres(pages.UnitsPerPixel.Y, unitY),
            LengthUnit.ToMicrometres(pages.UnitsPerPixel.X, unit));
    }

    private static double? Number(Dictionary<string, string> values, string key) =>
        values.TryGetValue(key, out string? value)
        && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number != 0
            ? number
            : null;
}
