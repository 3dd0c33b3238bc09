namespace Morula.Formats;

/// <summary>Writes volumes as TIFF: one page per plane, deflate without predictor, ImageJ's or OME's metadata.</summary>
internal static class TiffWriter
{
    /// <summary>Above this many bytes of voxels the file is BigTIFF: what remains up to 4 GiB is for directories.</summary>
    internal const long MostClassicBytes = 4_000_000_000;

    public static void Write(string path, StoredVoxels voxels) =>
        Write(path, StackFormat.Of(path, voxels.Extent, voxels.Spacing, voxels.Type, voxels.Least, voxels.Most), voxels);

    /// <summary>Writes with a given width of offsets; the other overload chooses it by size.</summary>
    internal static void Write(string path, StackFormat format, StoredVoxels voxels) =>
        AtomicFile.Write(path, stream => new StackWriter(stream, format, voxels).Write());
}
