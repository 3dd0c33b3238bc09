namespace Morula.Cli;

/// <summary>The folder that a verb writes into.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder where it does not exist; refuses one that holds something unless it may be overwritten.</summary>
    public static DirectoryInfo Prepare(string path, bool overwrite)
    {
        if (File.Exists(path)) throw new UsageException($"{path}: a file stands where the output folder should be; choose another folder.");
        if (!overwrite && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new UsageException($"{path}: the output folder is not empty; choose another or pass {CommonOptions.Overwrite.Name}.");
        return Directory.CreateDirectory(path);
    }
}
