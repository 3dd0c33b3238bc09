namespace Morula.Cli;

/// <summary>The folder that a verb writes into.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder where it does not exist; refuses one that holds something unless it may be overwritten.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="overwrite">Whether it may hold something.</param>
    /// <param name="resumable">Whether the verb could go on with what is there, which is then mentioned.</param>
    public static DirectoryInfo Prepare(string path, bool overwrite, bool resumable = false)
    {
        if (File.Exists(path)) throw new UsageException($"{path}: a file stands where the output folder should be; choose another folder.");
        if (!overwrite && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            string goOn = resumable ? ", or --resume to go on with what it holds" : string.Empty;
            throw new UsageException($"{path}: the output folder is not empty; choose another or pass {CommonOptions.Overwrite.Name}{goOn}.");
        }

        return Directory.CreateDirectory(path);
    }
}
