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

    /// <summary>Whether there is such a file, or a folder that is one volume (.zarr); of a path that goes on into a file (embryo.h5/raw), whether there is that file.</summary>
    public static bool Exists(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return File.Exists(Hdf5Path.Of(path).File) || VolumeFormat.IsStore(path);
    }

    /// <summary>The volumes in a folder whose names do not begin with a dot, in the order of their names.</summary>
    public static IReadOnlyList<string> InFolder(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder)
            .Where(path => Path.GetFileName(path)[0] != '.' && IsSupported(path) && Exists(path))
            .Order(StringComparer.Ordinal),
    ];

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

    /// <summary>Writes an image that is open, piece by piece: memory is bounded, whatever its size.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="image">Image, opened as such.</param>
    /// <param name="type">UInt8, UInt16 (values rounded and clamped) or Float32.</param>
    /// <param name="zarrFormat">Where the path is a .zarr, the version of Zarr: 3 (OME-Zarr 0.5) or 2 (OME-Zarr 0.4).</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="VolumeFormatException">The image cannot be read, or the format has no place for it.</exception>
    public static void WriteImage(string path, VolumeSource image, VoxelType type, int zarrFormat = 3)
    {
        ArgumentNullException.ThrowIfNull(image);
        StoredVoxels voxels = InPieces(StoredVoxels.Of(path, image.Extent, image.Spacing, type, image.ReadImage), image.Piece);
        WriterOf(path)(path, voxels with { ZarrFormat = zarrFormat });
    }

    /// <summary>Writes an image that is made or read block by block while it is written: it never lies in memory whole.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="extent">Sizes: Y X, Z Y X or T Z Y X; there may be more than 2^31 voxels.</param>
    /// <param name="spacing">Step per axis, µm and seconds.</param>
    /// <param name="type">UInt8, UInt16 (values rounded and clamped) or Float32.</param>
    /// <param name="read">
    /// Gives the voxels of a block inside the extent. Blocks have at most 4 million voxels, come in the order of the file, one at a
    /// time, and each voxel once; again where the file wants whole planes and pieces are thicker than 256 MB of planes.
    /// </param>
    /// <param name="piece">Sizes of what <paramref name="read"/> has together; blocks begin and end at its multiples where they can.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="VolumeFormatException">The format has no place for such an image.</exception>
    public static void WriteImage(string path, Extent extent, Spacing spacing, VoxelType type, Func<Block, Volume> read, Extent? piece = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        WriterOf(path)(path, InPieces(StoredVoxels.Of(path, extent, spacing, type, read), piece));
    }

    /// <summary>Writes labels that are open, piece by piece; those stored in more than 16 bits are gone through for the largest first.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="labels">Labels, opened as such.</param>
    /// <param name="zarrFormat">Where the path is a .zarr, the version of Zarr: 3 (OME-Zarr 0.5) or 2 (OME-Zarr 0.4).</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="VolumeFormatException">The labels cannot be read, or the format has no place for them.</exception>
    public static void WriteLabels(string path, VolumeSource labels, int zarrFormat = 3)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int most = RawHeader.BytesOf(labels.Info.Type) <= 2 ? ushort.MaxValue : MostLabel(labels);
        StoredVoxels voxels = InPieces(StoredVoxels.Of(path, labels.Extent, labels.Spacing, most, labels.ReadLabels), labels.Piece);
        WriterOf(path)(path, voxels with { ZarrFormat = zarrFormat });
    }

    /// <summary>Writes labels that are made or read block by block while they are written: they never lie in memory whole.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="extent">Sizes: Y X, Z Y X or T Z Y X; there may be more than 2^31 voxels.</param>
    /// <param name="spacing">Step per axis, µm and seconds.</param>
    /// <param name="mostLabel">The largest label there may be; above 65,535 voxels have 32 bits, else 16.</param>
    /// <param name="read">Gives the labels of a block; asked as in <see cref="WriteImage(string, Extent, Spacing, VoxelType, Func{Block, Volume}, Extent?)"/>.</param>
    /// <param name="piece">Sizes of what <paramref name="read"/> has together.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="VolumeFormatException">The format has no place for such a volume.</exception>
    public static void WriteLabels(string path, Extent extent, Spacing spacing, int mostLabel, Func<Block, LabelVolume> read, Extent? piece = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        WriterOf(path)(path, InPieces(StoredVoxels.Of(path, extent, spacing, mostLabel, read), piece));
    }

    private static StoredVoxels InPieces(StoredVoxels voxels, Extent? piece)
    {
        if (piece is not { } sizes) return voxels;
        return sizes.Rank == voxels.Extent.Rank && !sizes.Sizes.Contains(0)
            ? voxels with { Piece = sizes }
            : throw new ArgumentException($"A piece of {sizes} voxels does not fit a volume of {voxels.Extent}.", nameof(piece));
    }

    private static int MostLabel(VolumeSource labels)
    {
        int most = 0;
        foreach (Block block in labels.Extent.Split(VoxelAsking.Asked(labels.Extent, labels.Piece))) most = Math.Max(most, labels.ReadLabels(block).Voxels.Max());
        return most;
    }

    private static Action<string, StoredVoxels> WriterOf(string path) =>
        VolumeFormat.Of(path)?.Write
        ?? throw new ArgumentException($"{path}: the extension '{Path.GetExtension(path)}' is not one that is written; use one of {VolumeFormat.Writable}.", nameof(path));
}
