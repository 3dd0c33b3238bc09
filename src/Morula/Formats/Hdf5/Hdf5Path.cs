namespace Morula.Formats;

/// <summary>A file of HDF5 and, if the path goes on into it (<c>embryo.h5/volumes/raw</c>), the name of a dataset.</summary>
/// <param name="File">The file.</param>
/// <param name="Dataset">Name from the root, without a leading slash; null where the path names the file alone.</param>
internal sealed record Hdf5Path(string File, string? Dataset)
{
    /// <summary>Extensions, in lower case.</summary>
    public static readonly string[] Extensions = [".h5", ".hdf5"];

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Parts a path that goes on into a file; null where it does not.</summary>
    public static Hdf5Path? Inside(string path)
    {
        for (int at = path.IndexOfAny(Separators); at >= 0; at = path.IndexOfAny(Separators, at + 1))
        {
            string file = path[..at];
            string inside = path[at..].Replace('\\', '/').Trim('/');
            // A folder may be called like this too.
            if (inside.Length > 0 && IsNamed(file) && !Directory.Exists(file)) return new Hdf5Path(file, inside);
        }

        return null;
    }

    /// <summary>Parts any path.</summary>
    public static Hdf5Path Of(string path) => Inside(path) ?? new Hdf5Path(path, null);

    private static bool IsNamed(string file) =>
        Array.Exists(Extensions, extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(file).Length > extension.Length);
}
