using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Morula.Formats;

/// <summary>The XML an OME-TIFF keeps in its first page: order and sizes of the axes, and which page holds which plane.</summary>
internal static class OmeDescription
{
    public static bool IsOne(string text) =>
        text.AsSpan().TrimStart().StartsWith("<") && text.Contains("<OME", StringComparison.Ordinal);

    public static TiffSeries Parse(TiffSource source, TiffPages pages)
    {
        XElement pixels = ReadPixels(source, pages.Description);
        int channels = Size("SizeC");
        int samples = pages.First.Samples;
        if (channels % samples != 0) throw source.Fault($"the OME metadata counts {channels} channels but each page has {samples}.");
        string fastest = (string?)pixels.Attribute("DimensionOrder") ?? "XYCZT";
        if (fastest.Length != 5 || !fastest.StartsWith("XY", StringComparison.Ordinal) || "CZT".Any(axis => !fastest.Contains(axis, StringComparison.Ordinal)))
            throw source.Fault("the OME metadata has a DimensionOrder that is none of the six of the standard.");
        string order = $"{fastest[4]}{fastest[3]}{fastest[2]}";
        var series = new TiffSeries(order, Size("SizeT"), Size("SizeZ"), channels / samples, SizeOf(pixels));
        if (series.Count > pages.All.Count && pages.All.Count > 1)
            throw source.Fault($"the OME metadata counts {series.Count} planes but the file has {pages.All.Count}; its other files are missing or it is truncated.");
        return series.Count > pages.All.Count ? series : series with { Listed = OmePlanes.List(source, pixels, series, pages.All.Count) };

        int Size(string name) =>
            int.TryParse((string?)pixels.Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0
                ? size
                : throw source.Fault($"the OME metadata has no {name} above 0.");
    }

    private static XElement ReadPixels(TiffSource source, string text)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader(text.TrimStart()), settings);
            return XDocument.Load(reader).Descendants().FirstOrDefault(element => element.Name.LocalName == "Pixels")
                ?? throw source.Fault("the OME metadata describes no pixels; they may be in a companion file, which is not read.");
        }
        catch (XmlException fault)
        {
            throw new VolumeFormatException(source.Path, $"the OME metadata is no valid XML (line {fault.LineNumber}).", fault);
        }
    }

    private static VoxelSize SizeOf(XElement pixels)
    {
        return new VoxelSize(
            LengthUnit.ToSeconds(Number("TimeIncrement"), (string?)pixels.Attribute("TimeIncrementUnit")),
            Length("PhysicalSizeZ"),
            Length("PhysicalSizeY"),
            Length("PhysicalSizeX"));

        double? Length(string name) => LengthUnit.ToMicrometres(Number(name), (string?)pixels.Attribute(name + "Unit"));

        double? Number(string name) =>
            double.TryParse((string?)pixels.Attribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number != 0
                ? number
                : null;
    }
}
