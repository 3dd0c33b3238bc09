using System.Text.RegularExpressions;

namespace Morula.Formats;

/// <summary>Reads a movie of ASTEC: a label volume per frame and an XML file of properties in one folder.</summary>
internal static partial class AstecMovie
{
    // Post-corrected labels come before those of the segmentation.
    private static readonly string[] Stages = ["_post_t", "_seg_t"];

    /// <summary>Opens a folder; null where it holds no label volume of ASTEC.</summary>
    /// <exception cref="VolumeFormatException">Frames or properties are missing, or these contradict each other.</exception>
    public static TrackedMovie? TryOpen(string path, int? first, int? last)
    {
        if (!Directory.Exists(path)) return null;
        string[] all = [.. Directory.EnumerateFiles(path).Where(file => FrameName().IsMatch(Path.GetFileName(file))).Order(StringComparer.Ordinal)];
        string[] files = [.. Stages.Select(stage => all.Where(file => Path.GetFileName(file).Contains(stage, StringComparison.Ordinal)).ToArray()).FirstOrDefault(found => found.Length > 0, [])];
        if (files.Length == 0) return null;
        if (Array.Find(files, file => !VolumeFile.IsSupported(file)) is { } other)
            throw new VolumeFormatException(other, "is a label volume of ASTEC in a format that is not read; unpack it, or convert it to .tif (astec: result_image_suffix = 'tif').");
        FrameSequence frames = FrameSequence.OfFiles(path, files, first, last);
        string properties = PropertiesIn(path);
        AstecTracks tracks = AstecTracks.Of(properties, AstecPropertiesReader.Read(properties), first ?? 0, last ?? int.MaxValue);
        RequireFrames(properties, tracks, frames);
        return new TrackedMovie(frames.Labelled(new AstecLabelling(tracks.Ids, Path.GetFileName(properties))), tracks.Lineage);
    }

    private static string PropertiesIn(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.xml").Where(file => Path.GetFileName(file)[0] != '.').Order(StringComparer.Ordinal)];
        string[] named = [.. files.Where(file => Path.GetFileName(file).Contains("properties", StringComparison.Ordinal))];
        return (files, named) switch
        {
            ([string only], _) => only,
            (_, [string only]) => only,
            ([], _) => throw new VolumeFormatException(folder, "holds label volumes of ASTEC but no .xml file of properties, which tells the lineage."),
            _ => throw new VolumeFormatException(folder, $"holds {files.Length} .xml files ({string.Join(", ", files.Select(Path.GetFileName))}); leave the one with the properties, or call it NAME_post_properties.xml."),
        };
    }

    private static void RequireFrames(string properties, AstecTracks tracks, FrameSequence frames)
    {
        long? lost = tracks.Ids.Keys.Order().Select(cell => (long?)cell).FirstOrDefault(cell => AstecId.FrameOf(cell!.Value) < frames.Numbers[0] || AstecId.FrameOf(cell.Value) > frames.Numbers[^1]);
        if (lost is { } cell)
            throw new VolumeFormatException(properties, $"names the cell {cell} of frame {AstecId.FrameOf(cell)}, but the label volumes are of the frames {frames.Numbers[0]} to {frames.Numbers[^1]} (choose a part with --frames FIRST..LAST).");
    }

    [GeneratedRegex(@"_(post|seg)_t\d+\.(tif|tiff|ome\.tif|mha|mhd|mha\.gz|inr|inr\.gz|nii|nii\.gz)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex FrameName();
}
