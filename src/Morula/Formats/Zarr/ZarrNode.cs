namespace Morula.Formats;

/// <summary>An array that a path leads to, and the image of which it is a level.</summary>
/// <param name="Layout">The array.</param>
/// <param name="Image">What the group around it says; null where there is none.</param>
/// <param name="Level">Which level of the image it is, from 0, the finest.</param>
internal sealed record ZarrNode(ZarrLayout Layout, OmeMultiscales? Image, int Level)
{
    /// <summary>Opens an array, or the finest level of the image that a group is.</summary>
    /// <exception cref="VolumeFormatException">There is none, or it is damaged or not read.</exception>
    public static ZarrNode Open(string path)
    {
        string folder = Path.TrimEndingDirectorySeparator(path);
        if (!Directory.Exists(folder)) throw new VolumeFormatException(path, File.Exists(folder) ? "is a file, but a Zarr store is a folder; unpack it." : "there is no such file.");
        if (ZarrMetadata.Read(folder) is { } layout) return OfArray(folder, layout);
        if (!ZarrPath.IsNode(folder)) throw new VolumeFormatException(path, "is no Zarr store: the folder holds no zarr.json, .zgroup or .zarray.");
        if (OmeMultiscales.Read(folder) is { } image) return OfImage(folder, image);

        // bioformats2raw numbers the images of a store.
        string first = Path.Combine(folder, "0");
        if (OmeMultiscales.Read(first) is { } inner) return OfImage(first, inner);
        string[] inside = [.. Directory.EnumerateDirectories(folder).Where(ZarrPath.IsNode).Select(name => Path.GetFileName(name)).Order(StringComparer.Ordinal).Take(5)];
        throw new VolumeFormatException(path, $"is a Zarr group without an image (multiscales); {(inside.Length > 0 ? $"give a path in it, as {Path.GetFileName(folder)}/{inside[0]} ({string.Join(", ", inside)})" : "it is empty")}.");
    }

    private static ZarrNode OfImage(string folder, OmeMultiscales image)
    {
        if (image.Levels is not [{ Path: var path }, ..]) throw new VolumeFormatException(folder, "its image (multiscales) names no 'datasets'; it is damaged.");
        string full = path.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(Path.Combine(folder, path));
        if (path.Length == 0 || !full.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new VolumeFormatException(folder, "the path of its first level does not lie in it; it is damaged.");
        return ZarrMetadata.Read(full) is { } layout
            ? new ZarrNode(layout, image, 0)
            : throw new VolumeFormatException(folder, $"its level {path} is no array; it is damaged or was copied in part.");
    }

    private static ZarrNode OfArray(string folder, ZarrLayout layout)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(folder)) is { } parent && OmeMultiscales.Read(parent) is { } image)
        {
            for (int level = 0; level < image.Levels.Count; level++)
            {
                if (image.Levels[level].Path == Path.GetFileName(folder)) return new ZarrNode(layout, image, level);
            }
        }

        return new ZarrNode(layout, null, 0);
    }
}
