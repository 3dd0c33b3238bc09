namespace Morula.Evaluation;

/// <summary>The name of a file without folder and extensions: t005 of labels/t005.ome.tif.</summary>
internal static class FileStem
{
    private static readonly string[] InnerExtensions = [".ome"];

    public static string Of(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(path);
        foreach (string inner in InnerExtensions)
        {
            if (stem.EndsWith(inner, StringComparison.OrdinalIgnoreCase)) stem = stem[..^inner.Length];
        }

        return stem;
    }
}
