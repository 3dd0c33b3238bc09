namespace Morula.Formats;

/// <summary>The name of an image: its file without folder and extensions, t005 of labels/t005.ome.tif or t005.inr.gz, embryo of embryo.h5/raw.</summary>
public static class VolumeName
{
    /// <summary>The name of a file.</summary>
    public static string Of(string path)
    {
        string file = Path.GetFileName(Hdf5Path.Of(path).File);
        return VolumeFormat.ExtensionOf(file) is { } extension ? file[..^extension.Length] : Path.GetFileNameWithoutExtension(file);
    }
}
