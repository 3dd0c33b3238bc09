namespace Morula.Formats;

/// <summary>The name of an image: its file without folder and extensions, t005 of labels/t005.ome.tif.</summary>
public static class VolumeName
{
    private const string Inner = ".ome";

    /// <summary>The name of a file.</summary>
    public static string Of(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(path);
        return stem.EndsWith(Inner, StringComparison.OrdinalIgnoreCase) ? stem[..^Inner.Length] : stem;
    }
}
