namespace Morula.Bench;

/// <summary>Where results go: bench/results of the checkout that this program was built in.</summary>
internal static class Repository
{
    /// <summary>Writes a file of results and says so on the error stream.</summary>
    /// <param name="path">Where to write; null: <paramref name="name"/> in bench/results.</param>
    /// <param name="name">Default name.</param>
    /// <param name="text">Markdown.</param>
    public static void WriteResult(string? path, string name, string text)
    {
        path = Path.GetFullPath(path ?? Path.Combine(Root(), "bench", "results", name));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        Console.Error.WriteLine($"written to {path}");
    }

    /// <summary>Path of a file of the checkout.</summary>
    public static string File(params string[] parts) => Path.Combine([Root(), .. parts]);

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Morula.slnx"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
