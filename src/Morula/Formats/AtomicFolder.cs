namespace Morula.Formats;

/// <summary>Writes folders that are either complete or absent, as <see cref="AtomicFile"/> writes files.</summary>
internal static class AtomicFolder
{
    private static int written;

    /// <summary>
    /// Writes into a temporary folder beside the path, then renames it. A store of Zarr that stood there is put aside first and
    /// removed at the end; any other folder or file is refused.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written, the disk is full, or something else stands there.</exception>
    public static void Write(string path, Action<string> write)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full)) throw new IOException($"{path}: a file stands where the folder should be; choose another name.");
        if (Directory.Exists(full) && !ZarrPath.IsNode(full) && Directory.EnumerateFileSystemEntries(full).Any())
            throw new IOException($"{path}: the folder is no Zarr store and is not replaced; choose another name.");
        int count = Interlocked.Increment(ref written);
        string beside = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Environment.ProcessId}-{count}");
        try
        {
            Directory.CreateDirectory(beside + ".tmp");
            write(beside + ".tmp");
            Replace(full, beside + ".tmp", beside + ".old");
        }
        catch
        {
            if (Directory.Exists(beside + ".tmp")) Directory.Delete(beside + ".tmp", recursive: true);
            throw;
        }
    }

    private static void Replace(string full, string made, string old)
    {
        bool isThere = Directory.Exists(full);
        if (isThere) Directory.Move(full, old);
        try
        {
            Directory.Move(made, full);
        }
        catch when (isThere)
        {
            Directory.Move(old, full);
            throw;
        }

        if (isThere) Directory.Delete(old, recursive: true);
    }
}
