namespace Morula.Formats;

/// <summary>By what a changed volume is known: the length of all its files, and the latest change of any.</summary>
internal static class VolumeStamp
{
    /// <summary>Length in bytes and time of the latest change, UTC.</summary>
    /// <param name="path">File or store; of a header that names another file (.mhd), both count.</param>
    public static (long Length, DateTime Changed) Of(string path)
    {
        var (length, changed) = (0L, DateTime.MinValue);
        foreach (FileInfo file in Files(path))
        {
            length += file.Length;
            if (file.LastWriteTimeUtc > changed) changed = file.LastWriteTimeUtc;
        }

        return (length, changed);
    }

    private static IEnumerable<FileInfo> Files(string path)
    {
        if (Directory.Exists(path)) return new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories);
        string file = Hdf5Path.Of(path).File;
        string[] all = file.EndsWith(".mhd", StringComparison.OrdinalIgnoreCase) ? [file, MetaImageHeader.Read(file).DataPath] : [file];
        return all.Distinct().Select(name => new FileInfo(name));
    }
}
