using Morula.Formats;

namespace Morula.Samples;

/// <summary>A data set as a folder: raw/NAME.tif, labels/NAME.tif, optionally objects/NAME.csv.</summary>
internal static class PairFolder
{
    public static IReadOnlyList<Pair> Read(string folder)
    {
        SortedDictionary<string, string> images = Entries(folder, "raw");
        SortedDictionary<string, string> labels = Entries(folder, "labels");
        if (images.Count == 0) throw new VolumeFormatException(Path.Combine(folder, "raw"), "holds no image.");
        var pairs = new List<Pair>();
        foreach (var (name, image) in images)
        {
            if (!labels.TryGetValue(name, out string? truth))
                throw new VolumeFormatException(image, $"has no labels; expected a file named {name} with any known extension in {Path.Combine(folder, "labels")}.");
            string objects = Path.Combine(folder, "objects", name + ".csv");
            pairs.Add(new Pair(name, image, truth, File.Exists(objects) ? objects : null, Split.Training));
        }

        return pairs;
    }

    private static SortedDictionary<string, string> Entries(string folder, string part)
    {
        string inside = Path.Combine(folder, part);
        if (!Directory.Exists(inside))
            throw new VolumeFormatException(folder, $"has no folder {part}/; a data set needs raw/ and labels/ with files of the same names.");
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in VolumeFile.InFolder(inside))
        {
            if (!entries.TryAdd(VolumeName.Of(path), path))
                throw new VolumeFormatException(path, $"shares its name with {Path.GetFileName(entries[VolumeName.Of(path)])}; names must differ by more than the extension.");
        }

        return entries;
    }
}
