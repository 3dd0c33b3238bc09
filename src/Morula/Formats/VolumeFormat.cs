namespace Morula.Formats;

/// <summary>A format of image files. The table of all is what <see cref="VolumeFile"/> and its messages know.</summary>
/// <param name="Extensions">Extensions in lower case, with their dots.</param>
/// <param name="Reader">Opens a file of this format, for what it is to give.</param>
/// <param name="Write">Writes one; null where the format is only read.</param>
internal sealed record VolumeFormat(string[] Extensions, Func<string, VolumeKind, IVolumeReader> Reader, Action<string, StoredVoxels>? Write)
{
    private static readonly VolumeFormat Zarr = new([".ome.zarr", ".zarr"], (path, _) => ZarrImage.Open(path), ZarrWriter.Write);

    // Longer extensions stand before those they end with.
    private static readonly VolumeFormat[] All =
    [
        new([".ome.tif", ".ome.tiff", ".tif", ".tiff"], (path, _) => TiffImage.Open(path), TiffWriter.Write),
        new([".mha"], (path, _) => RawImage.Open(path, MetaImageHeader.Read), MetaImageWriter.Write),
        new([".mhd"], (path, _) => RawImage.Open(path, MetaImageHeader.Read), null),
        new([".inr.gz", ".inr"], (path, _) => RawImage.Open(path, InrimageHeader.Read), InrimageWriter.Write),
        new([".nii.gz", ".nii"], (path, _) => RawImage.Open(path, NiftiHeader.Read), NiftiWriter.Write),
        new([".npy"], (path, _) => RawImage.Open(path, NumPyHeader.Read), NumPyWriter.Write),
        new(Hdf5Path.Extensions, Hdf5Image.Open, Hdf5Writer.Write),
        Zarr,
    ];

    // A path that goes on into a file names a dataset; files are written whole.
    private static readonly VolumeFormat InsideHdf5 = new(Hdf5Path.Extensions, Hdf5Image.Open, null);

    /// <summary>Every extension that is read, for messages.</summary>
    public static string Readable { get; } = Listed(All);

    /// <summary>Every extension that is written, for messages.</summary>
    public static string Writable { get; } = Listed(All.Where(format => format.Write is not null));

    /// <summary>The format of a file name; null where its extension is not known.</summary>
    public static VolumeFormat? Of(string path) =>
        Array.Find(All, format => ExtensionIn(format, path) is not null) ?? (ZarrPath.IsInside(path) ? Zarr : Hdf5Path.Inside(path) is null ? null : InsideHdf5);

    /// <summary>Whether it is a folder that is one volume.</summary>
    public static bool IsStore(string path) => Directory.Exists(path) && Of(path) == Zarr;

    /// <summary>The known extension of a file name, both parts of a double one; null where there is none.</summary>
    public static string? ExtensionOf(string path) => All.Select(format => ExtensionIn(format, path)).FirstOrDefault(extension => extension is not null);

    /// <summary>Opens a file by its extension.</summary>
    /// <param name="path">The file; where it holds several volumes, the path may go on into it.</param>
    /// <param name="kind">What is wanted of a file that holds both.</param>
    /// <exception cref="VolumeFormatException">The file is missing, damaged or of a kind that is not supported.</exception>
    public static IVolumeReader Open(string path, VolumeKind kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Of(path) is { } format
            ? format.Reader(path, kind)
            : throw new VolumeFormatException(path, $"the extension '{Path.GetExtension(path)}' is not known; use one of {Readable}.");
    }

    private static string? ExtensionIn(VolumeFormat format, string path) =>
        Array.Find(format.Extensions, extension => Path.TrimEndingDirectorySeparator(path).EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    private static string Listed(IEnumerable<VolumeFormat> formats) => string.Join(", ", formats.SelectMany(format => format.Extensions));
}
