namespace Morula.Cli;

/// <summary>A single file that a verb writes.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a place that is taken, before any work is done.</summary>
    /// <param name="path">Where the file shall be.</param>
    /// <param name="kind">What it is, as in "options file".</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="UsageException">A folder stands there, or a file that may not be replaced.</exception>
    public static void RequireFree(string path, string kind, bool overwrite)
    {
        if (Directory.Exists(path)) throw new UsageException($"{path}: a folder stands where the {kind} should be; choose another name.");
        if (!overwrite && File.Exists(path)) throw new UsageException($"{path}: there is such a file; choose another or pass {CommonOptions.Overwrite.Name}.");
    }
}
