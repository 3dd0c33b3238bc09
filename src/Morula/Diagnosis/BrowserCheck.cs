namespace Morula.Diagnosis;

/// <summary>A browser for pages; not needed for anything else.</summary>
internal static class BrowserCheck
{
    private static readonly string[] Known = ["xdg-open", "firefox", "chromium", "chromium-browser", "google-chrome", "microsoft-edge"];

    public static Check Create() => new("browser", "install one, or open the pages on another machine; nothing else needs it.", Look);

    private static Finding Look(Check check)
    {
        if (!OperatingSystem.IsLinux()) return check.Ok("that of the system");
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string? found = Known.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        return found is null ? check.Warning("none on the PATH (optional: for reports and the demo's page)") : check.Ok(found);
    }
}
