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

    /// <summary>The name of an image: its file name without extension, also where that is double (.nii.gz, .inr.gz, .ome.tif).</summary>
    public static string NameOf(string path)
    {
        string file = Path.GetFileName(path.TrimEnd('/', '\\'));
        string name = Path.GetFileNameWithoutExtension(file);
        string inner = Path.GetExtension(name);
        bool twice = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || inner.Equals(".ome", StringComparison.OrdinalIgnoreCase);
        return twice ? Path.GetFileNameWithoutExtension(name) : name;
    }

    private static SortedDictionary<string, string> Entries(string folder, string part)
    {
        string inside = Path.Combine(folder, part);
        if (!Directory.Exists(inside))
            throw new VolumeFormatException(folder, $"has no folder {part}/; a data set needs raw/ and labels/ with files of the same names.");
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFileSystemEntries(inside).Where(IsImage).Order(StringComparer.Ordinal))
        {
            if (!entries.TryAdd(NameOf(path), path))
                throw new VolumeFormatException(path, $"shares its name with {Path.GetFileName(entries[NameOf(path)])}; names must differ by more than the extension.");
        }

        return entries;
    }

    // Images that are folders on disk (.zarr) count; hidden files and other folders do not.
    private static bool IsImage(string path) =>
        Path.GetFileName(path)[0] != '.' && (File.Exists(path) || path.EndsWith(".zarr", StringComparison.OrdinalIgnoreCase));
}
