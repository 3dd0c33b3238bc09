namespace Morula.Viewer;

/// <summary>The built page, out of this assembly.</summary>
internal static class PageFiles
{
    private const string Prefix = "bundle/";

    private static readonly Dictionary<string, byte[]> All = Read();

    /// <summary>A file of the page; false where there is none of this name.</summary>
    /// <param name="name">Name such as page.js; the empty name is the page itself.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="type">Its media type.</param>
    public static bool TryGet(string name, out byte[] content, out string type)
    {
        if (name.Length == 0) name = "index.html";
        type = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
        return All.TryGetValue(name, out content!);
    }

    private static Dictionary<string, byte[]> Read()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string name in typeof(PageFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            files[name[Prefix.Length..].Replace('\\', '/')] = content.ToArray();
        }

        return files;
    }
}
