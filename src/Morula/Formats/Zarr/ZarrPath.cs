namespace Morula.Formats;

/// <summary>Paths of Zarr: a store is a folder that ends in .zarr, and arrays and groups are folders in it.</summary>
internal static class ZarrPath
{
    private static readonly string[] Metadata = ["zarr.json", ".zarray", ".zgroup"];

    /// <summary>Whether it is a group or an array inside of a store.</summary>
    public static bool IsInside(string path) => IsNode(path) && StoreOf(path) is not null;

    /// <summary>The innermost folder around a path that ends in .zarr, or itself; null where there is none.</summary>
    public static string? StoreOf(string path)
    {
        for (string? folder = Path.TrimEndingDirectorySeparator(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (IsStoreName(folder)) return folder;
        }

        return null;
    }

    /// <summary>Whether a name is that of a store.</summary>
    public static bool IsStoreName(string path) => Path.TrimEndingDirectorySeparator(path).EndsWith(".zarr", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a folder is a group or an array.</summary>
    public static bool IsNode(string folder) => Array.Exists(Metadata, name => File.Exists(Path.Combine(folder, name)));
}
