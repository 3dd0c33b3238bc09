namespace Morula.Tests.Formats;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("morula-");

    public string this[string name] => Path.Combine(folder.FullName, name);

    public string[] Names => [.. folder.EnumerateFiles().Select(file => file.Name)];

    public void Dispose() => folder.Delete(recursive: true);
}
