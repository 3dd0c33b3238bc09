using System.Globalization;
using System.Xml;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>The XML of TrackMate 7: features, spots by frame, edges by family, and the settings without which it refuses a file.</summary>
/// <param name="spots">All spots, by frame.</param>
/// <param name="frames">Number of frames.</param>
/// <param name="extent">Sizes of a frame.</param>
/// <param name="spacing">Step between voxels, µm.</param>
/// <param name="options">Time and image.</param>
internal sealed class TrackMateDocument(IReadOnlyList<TrackMateSpot> spots, int frames, Extent extent, Spacing spacing, TrackMateOptions options)
{
    private const string Version = "7.11.1";

    private static readonly (string Key, string Name, string Dimension, bool IsInteger)[] SpotFeatures =
    [
        ("QUALITY", "Quality", "QUALITY", false), ("POSITION_X", "X", "POSITION", false), ("POSITION_Y", "Y", "POSITION", false),
        ("POSITION_Z", "Z", "POSITION", false), ("POSITION_T", "T", "TIME", false), ("FRAME", "Frame", "NONE", true),
        ("RADIUS", "Radius", "LENGTH", false), ("VISIBILITY", "Visibility", "NONE", true),
    ];

    private static readonly (string Key, string Name, string Dimension, bool IsInteger)[] EdgeFeatures =
        [("SPOT_SOURCE_ID", "Source spot ID", "NONE", true), ("SPOT_TARGET_ID", "Target spot ID", "NONE", true), ("LINK_COST", "Edge cost", "COST", false)];

    private static readonly (string Key, string Name, string Dimension, bool IsInteger)[] TrackFeatures =
        [("TRACK_INDEX", "Track index", "NONE", true), ("TRACK_ID", "Track ID", "NONE", true)];

    /// <summary>Writes the whole file.</summary>
    public void Write(Stream stream)
    {
        using XmlWriter xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
        Open(xml, "TrackMate", ("version", Version));
        Open(xml, "Model", ("spatialunits", "micron"), ("timeunits", options.SecondsPerFrame is null ? "frame" : "sec"));
        WriteFeatures(xml);
        WriteSpots(xml);
        WriteTracks(xml);
        xml.WriteEndElement();
        WriteSettings(xml);
        Open(xml, "GUIState", ("state", "ConfigureViews"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteFeatures(XmlWriter xml)
    {
        xml.WriteStartElement("FeatureDeclarations");
        foreach (var (group, features) in new[] { ("SpotFeatures", SpotFeatures), ("EdgeFeatures", EdgeFeatures), ("TrackFeatures", TrackFeatures) })
        {
            xml.WriteStartElement(group);
            foreach (var (key, title, dimension, isInteger) in features)
                Empty(xml, "Feature", ("feature", key), ("name", title), ("shortname", title), ("dimension", dimension), ("isint", isInteger ? "true" : "false"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteSpots(XmlWriter xml)
    {
        Open(xml, "AllSpots", ("nspots", Number(spots.Count)));
        foreach (IGrouping<int, TrackMateSpot> group in spots.GroupBy(spot => spot.Frame))
        {
            Open(xml, "SpotsInFrame", ("frame", Number(group.Key)));
            foreach (TrackMateSpot spot in group) WriteSpot(xml, spot);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteSpot(XmlWriter xml, TrackMateSpot spot)
    {
        double[] centre = spot.Cell.Centre;
        Empty(
            xml, "Spot", ("ID", Number(spot.Id)), ("name", Number(spot.Cell.Id)), ("QUALITY", "1.0"),
            ("POSITION_X", Number(centre[2])), ("POSITION_Y", Number(centre[1])), ("POSITION_Z", Number(centre[0])),
            ("POSITION_T", Number(spot.Frame * (options.SecondsPerFrame ?? 1))), ("FRAME", Number(spot.Frame)),
            ("RADIUS", Number(RadiusOf(spot.Cell))), ("VISIBILITY", "1"));
    }

    private void WriteTracks(XmlWriter xml)
    {
        IGrouping<int, TrackMateSpot>[] families = [.. spots.GroupBy(spot => spot.Family).Where(family => family.Skip(1).Any())];
        xml.WriteStartElement("AllTracks");
        for (int index = 0; index < families.Length; index++)
        {
            Open(xml, "Track", ("name", $"Track_{index}"), ("TRACK_INDEX", Number(index)), ("TRACK_ID", Number(index)));
            foreach (TrackMateSpot spot in families[index].Where(spot => spot.Before >= 0))
                Empty(xml, "Edge", ("SPOT_SOURCE_ID", Number(spot.Before)), ("SPOT_TARGET_ID", Number(spot.Id)), ("LINK_COST", "-1.0"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("FilteredTracks");
        for (int index = 0; index < families.Length; index++) Empty(xml, "TrackID", ("TRACK_ID", Number(index)));
        xml.WriteEndElement();
    }

    // Detection and tracking by hand, so that TrackMate keeps what it finds.
    private void WriteSettings(XmlWriter xml)
    {
        string? image = options.Image is null ? null : Path.GetFullPath(options.Image);
        xml.WriteStartElement("Settings");
        Empty(
            xml, "ImageData", ("filename", Path.GetFileName(image) ?? string.Empty), ("folder", Path.GetDirectoryName(image) ?? string.Empty),
            ("width", Number(extent[2])), ("height", Number(extent[1])), ("nslices", Number(extent[0])), ("nframes", Number(frames)),
            ("pixelwidth", Number(spacing[2])), ("pixelheight", Number(spacing[1])), ("voxeldepth", Number(spacing[0])), ("timeinterval", Number(options.SecondsPerFrame ?? 1)));
        Empty(
            xml, "BasicSettings", ("xstart", "0"), ("xend", Number(extent[2] - 1)), ("ystart", "0"), ("yend", Number(extent[1] - 1)),
            ("zstart", "0"), ("zend", Number(extent[0] - 1)), ("tstart", "0"), ("tend", Number(frames - 1)));
        Empty(xml, "DetectorSettings", ("DETECTOR_NAME", "MANUAL_DETECTOR"), ("RADIUS", Number(spots.Count == 0 ? 5 : spots.Average(spot => RadiusOf(spot.Cell)))));
        Empty(xml, "InitialSpotFilter", ("feature", "QUALITY"), ("value", "0.0"), ("isabove", "true"));
        Empty(xml, "SpotFilterCollection");
        Empty(xml, "TrackerSettings", ("TRACKER_NAME", "MANUAL_TRACKER"));
        Empty(xml, "TrackFilterCollection");
        xml.WriteStartElement("AnalyzerCollection");
        foreach (string group in (string[])["SpotAnalyzers", "EdgeAnalyzers", "TrackAnalyzers"]) Empty(xml, group);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // The ball of the cell's volume.
    private static double RadiusOf(CellProperties cell) => Math.Cbrt(cell.Volume * 3 / (4 * Math.PI));

    private static void Empty(XmlWriter xml, string name, params (string Key, string Value)[] attributes)
    {
        Open(xml, name, attributes);
        xml.WriteEndElement();
    }

    private static void Open(XmlWriter xml, string name, params (string Key, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (key, value) in attributes) xml.WriteAttributeString(key, value);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.0#####", CultureInfo.InvariantCulture);
}
