using System.Globalization;
using System.Xml.Linq;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>The XML of the Open Microscopy Environment for one image of one channel (schema of June 2016), in ASCII.</summary>
internal static class OmeText
{
    private static readonly XNamespace Schema = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

    public static string Describe(string name, Extent extent, Spacing spacing, VoxelType type)
    {
        int rank = extent.Rank;
        var pixels = new XElement(
            Schema + "Pixels",
            new XAttribute("ID", "Pixels:0"),
            new XAttribute("DimensionOrder", "XYCZT"),
            new XAttribute("Type", type == VoxelType.Float32 ? "float" : type.ToString().ToLowerInvariant()),
            new XAttribute("SizeX", extent[rank - 1]),
            new XAttribute("SizeY", extent[rank - 2]),
            new XAttribute("SizeC", 1),
            new XAttribute("SizeZ", rank >= 3 ? extent[rank - 3] : 1),
            new XAttribute("SizeT", rank == 4 ? extent[0] : 1),
            new XAttribute("PhysicalSizeX", Number(spacing[rank - 1])),
            new XAttribute("PhysicalSizeY", Number(spacing[rank - 2])));
        if (rank >= 3) pixels.Add(new XAttribute("PhysicalSizeZ", Number(spacing[rank - 3])));
        if (rank == 4) pixels.Add(new XAttribute("TimeIncrement", Number(spacing[0])));
        pixels.Add(
            new XElement(Schema + "Channel", new XAttribute("ID", "Channel:0:0"), new XAttribute("SamplesPerPixel", 1)),
            new XElement(Schema + "TiffData"));
        string ascii = string.Concat(name.Select(letter => char.IsBetween(letter, ' ', '~') ? letter : '_'));
        var image = new XElement(Schema + "Image", new XAttribute("ID", "Image:0"), new XAttribute("Name", ascii), pixels);
        var root = new XElement(Schema + "OME", new XAttribute("xmlns", Schema.NamespaceName), image);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root.ToString(SaveOptions.DisableFormatting);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
