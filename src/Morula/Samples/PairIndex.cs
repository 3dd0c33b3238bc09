using Morula.Formats;

namespace Morula.Samples;

/// <summary>A data set as an index file: image, labels and optionally split, objects, embryo and tracks, paths relative to the index.</summary>
internal static class PairIndex
{
    public static (IReadOnlyList<Pair> Pairs, bool StatesSplit) Read(string path)
    {
        CommaTable table = CommaTable.Read(path);
        var (image, labels) = (table.Column("image"), table.Column("labels"));
        var (split, objects, tracks) = (table.Find("split"), table.Find("objects"), table.Find("tracks"));
        if (table.Lines.Count == 0) throw new VolumeFormatException(path, "lists no image.");
        string[] names = Names(path, [.. table.Lines.Select(line => line.Values[image])]);
        string[] embryos = Embryos(table, image);
        var pairs = new List<Pair>();
        foreach (CommaTable.Line line in table.Lines)
        {
            pairs.Add(new Pair(
                names[pairs.Count], Existing(path, line, image), Existing(path, line, labels), Stated(path, line, objects),
                split < 0 ? Split.Training : SplitOf(path, line, line.Values[split]))
            {
                Embryo = embryos[pairs.Count],
                TracksPath = Stated(path, line, tracks),
            });
        }

        return (pairs, split >= 0);
    }

    // Where no column tells the embryo, the folder of the image does, if there are several.
    private static string[] Embryos(CommaTable table, int image)
    {
        int embryo = table.Find("embryo");
        if (embryo >= 0) return [.. table.Lines.Select(line => line.Values[embryo])];
        string[] folders = [.. table.Lines.Select(line => (Path.GetDirectoryName(line.Values[image]) ?? string.Empty).Replace('\\', '/'))];
        return folders.Distinct().Count() > 1 ? folders : [.. folders.Select(_ => string.Empty)];
    }

    // Two embryos may both have a t001: where file names repeat, the path in the index is the name.
    private static string[] Names(string path, string[] images)
    {
        string[] names = [.. images.Select(VolumeName.Of)];
        if (names.Distinct().Count() < names.Length)
            names = [.. images.Select(image => Path.Combine(Path.GetDirectoryName(image) ?? "", VolumeName.Of(image)).Replace('\\', '/'))];
        string? repeated = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        return repeated is null ? names : throw new VolumeFormatException(path, $"lists image {repeated} twice.");
    }

    private static string? Stated(string index, CommaTable.Line line, int column) =>
        column < 0 || line.Values[column].Length == 0 ? null : Existing(index, line, column);

    private static string Existing(string index, CommaTable.Line line, int column)
    {
        string relative = line.Values[column];
        string folder = Path.GetDirectoryName(Path.GetFullPath(index))!;
        string full = Path.GetFullPath(Path.Combine(folder, relative));
        if (relative.Length > 0 && (VolumeFile.Exists(full) || Directory.Exists(full))) return full;
        throw new VolumeFormatException(index, $"line {line.Number} names '{relative}', which does not exist in {folder}.");
    }

    private static Split SplitOf(string path, CommaTable.Line line, string text) => text.ToLowerInvariant() switch
    {
        "" or "train" or "training" => Split.Training,
        "val" or "validate" or "validation" => Split.Validation,
        "test" => Split.Test,
        _ => throw new VolumeFormatException(path, $"line {line.Number} has split '{text}'; expected training, validation or test."),
    };
}
