namespace Morula.Formats;

/// <summary>The name of an image: its file without folder and extensions, t005 of labels/t005.ome.tif or t005.inr.gz, embryo of embryo.h5/raw.</summary>
public static class VolumeName
{
    /// <summary>The name of a file.</summary>
    public static string Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        path = Hdf5Path.Of(Path.TrimEndingDirectorySeparator(path)).File;

        // An image in a store whose name is a number is called by the store.
        if (Path.GetFileName(path).All(char.IsAsciiDigit) && ZarrPath.IsInside(path)) path = ZarrPath.StoreOf(path)!;
        string file = Path.GetFileName(path);
        return VolumeFormat.ExtensionOf(file) is { } extension ? file[..^extension.Length] : Path.GetFileNameWithoutExtension(file);
    }
}
