using Morula.Formats;

namespace Morula.Samples;

/// <summary>A data set as a folder: raw/NAME.tif, labels/NAME.tif, optionally objects/NAME.csv and tracks.csv, or a folder for each embryo: raw/EMBRYO/NAME.tif and so on, optionally tracks/EMBRYO.csv.</summary>
internal static class PairFolder
{
    public static IReadOnlyList<Pair> Read(string folder)
    {
        string[] embryos = Embryos(folder);
        return embryos.Length == 0 ? Read(folder, string.Empty) : [.. embryos.SelectMany(embryo => Read(folder, embryo))];
    }

    private static List<Pair> Read(string folder, string embryo)
    {
        SortedDictionary<string, string> images = Entries(folder, "raw", embryo);
        SortedDictionary<string, string> labels = Entries(folder, "labels", embryo);
        if (images.Count == 0) throw new VolumeFormatException(Path.Combine(folder, "raw", embryo), "holds no image.");
        string tracks = embryo.Length == 0 ? Path.Combine(folder, LineageTable.FileName) : Path.Combine(folder, "tracks", embryo + ".csv");
        var pairs = new List<Pair>();
        foreach (var (name, image) in images)
        {
            if (!labels.TryGetValue(name, out string? truth))
                throw new VolumeFormatException(image, $"has no labels; expected a file named {name} with any known extension in {Path.Combine(folder, "labels", embryo)}.");
            string objects = Path.Combine(folder, "objects", embryo, name + ".csv");
            string called = embryo.Length == 0 ? name : $"{embryo}/{name}";
            pairs.Add(new Pair(called, image, truth, File.Exists(objects) ? objects : null, Split.Training) { Embryo = embryo, TracksPath = File.Exists(tracks) ? tracks : null });
        }

        return pairs;
    }

    // Where raw/ holds folders in the place of images, each is an embryo.
    private static string[] Embryos(string folder)
    {
        string inside = Path.Combine(folder, "raw");
        if (!Directory.Exists(inside) || VolumeFile.InFolder(inside).Count > 0) return [];
        return [.. Directory.EnumerateDirectories(inside).Select(path => Path.GetFileName(path)).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
    }

    private static SortedDictionary<string, string> Entries(string folder, string part, string embryo)
    {
        string inside = Path.Combine(folder, part, embryo);
        if (!Directory.Exists(inside))
            throw new VolumeFormatException(folder, $"has no folder {Path.Combine(part, embryo)}/; a data set needs raw/ and labels/ with files of the same names.");
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in VolumeFile.InFolder(inside))
        {
            if (!entries.TryAdd(VolumeName.Of(path), path))
                throw new VolumeFormatException(path, $"shares its name with {Path.GetFileName(entries[VolumeName.Of(path)])}; names must differ by more than the extension.");
        }

        return entries;
    }
}
