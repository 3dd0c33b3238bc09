using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Reads and writes images and label volumes; the file's extension decides the format.</summary>
public static class VolumeFile
{
    /// <summary>The extensions that are read, joined by commas.</summary>
    public static string Extensions => VolumeFormat.Readable;

    /// <summary>Whether the extension is one that can be read.</summary>
    public static bool IsSupported(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return VolumeFormat.Of(path) is not null;
    }

    /// <summary>Whether the extension is one that can be written.</summary>
    public static bool IsWritable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return VolumeFormat.Of(path)?.Write is not null;
    }

    /// <summary>Whether there is such a file; of a path that goes on into a file, as embryo.h5/raw does, whether there is that file.</summary>
    public static bool Exists(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return File.Exists(Hdf5Path.Of(path).File);
    }

    /// <summary>What the file holds, without reading voxels.</summary>
    /// <exception cref="VolumeFormatException">The file is missing, damaged or of a kind that is not supported.</exception>
    public static VolumeInfo ReadInfo(string path)
    {
        using IVolumeReader image = VolumeFormat.Open(path, VolumeKind.Image);
        return image.Info;
    }

    /// <summary>
    /// Reads one channel as Y X, Z Y X or T Z Y X. Time is left out where there is one frame (or one is asked for),
    /// depth where there is one slice and no time, unless <paramref name="rank"/> says otherwise.
    /// </summary>
    /// <param name="path">File to read.</param>
    /// <param name="channel">Channel, from 0.</param>
    /// <param name="frame">One frame of a movie, from 0; all frames if null.</param>
    /// <param name="rank">2, 3 or 4: leading axes of size 1 are added, or dropped where they have size 1; by content if null.</param>
    /// <exception cref="VolumeFormatException">
    /// The file is missing, damaged, of a kind that is not supported, has no such channel or frame, does not fit the rank, or
    /// holds voxels that are not finite.
    /// </exception>
    public static Volume ReadImage(string path, int channel = 0, int? frame = null, int? rank = null)
    {
        using var image = VolumeSource.OpenImage(path, channel, frame, rank);
        return image.ReadImage(image.Extent.Whole);
    }

    /// <summary>Reads labels of cells, stored as integers of any width; axes as in <see cref="ReadImage"/>.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="frame">One frame of a movie, from 0; all frames if null.</param>
    /// <param name="rank">2, 3 or 4: leading axes of size 1 are added, or dropped where they have size 1; by content if null.</param>
    /// <exception cref="VolumeFormatException">
    /// The file is missing, damaged, of a kind that is not supported, has several channels or no such frame, does not fit the
    /// rank, or holds fractions, negative labels or labels above 2,147,483,647.
    /// </exception>
    public static LabelVolume ReadLabels(string path, int? frame = null, int? rank = null)
    {
        using var labels = VolumeSource.OpenLabels(path, frame, rank);
        return labels.ReadLabels(labels.Extent.Whole);
    }

    /// <summary>Writes an image as 32-bit floating point.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Volume volume) => Write(path, volume, VoxelType.Float32);

    /// <summary>Writes an image as 8-bit, 16-bit (values rounded and clamped) or 32-bit floating point.</summary>
    /// <param name="path">File to write; .ome.tif and .ome.tiff get OME metadata, other names ImageJ's.</param>
    /// <param name="volume">Image of rank 2, 3 or 4; every value is finite.</param>
    /// <param name="type">UInt8, UInt16 or Float32.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="VolumeFormatException">The format has no place for such an image, as INRIMAGE has none for time.</exception>
    public static void Write(string path, Volume volume, VoxelType type)
    {
        ArgumentNullException.ThrowIfNull(volume);
        WriterOf(path)(path, StoredVoxels.Of(path, volume, type));
    }

    /// <summary>Writes labels as 16-bit integers, 32-bit where one exceeds 65,535; no label may be negative.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="VolumeFormatException">The format has no place for such a volume, as INRIMAGE has none for time.</exception>
    public static void Write(string path, LabelVolume labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        WriterOf(path)(path, StoredVoxels.Of(path, labels));
    }

    private static Action<string, StoredVoxels> WriterOf(string path) =>
        VolumeFormat.Of(path)?.Write
        ?? throw new ArgumentException($"{path}: the extension '{Path.GetExtension(path)}' is not one that is written; use one of {VolumeFormat.Writable}.", nameof(path));
}
