using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Reads and writes images and label volumes; the file's extension decides the format.</summary>
public static class VolumeFile
{
    /// <summary>Whether the extension is one that can be read and written: .tif, .tiff, .ome.tif, .ome.tiff.</summary>
    public static bool IsSupported(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".TIF" or ".TIFF";

    /// <summary>What the file holds, without reading voxels.</summary>
    /// <exception cref="VolumeFormatException">The file is missing, damaged or of a kind that is not supported.</exception>
    public static VolumeInfo ReadInfo(string path)
    {
        using TiffImage image = Open(path);
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
        using TiffImage image = Open(path);
        var selection = VolumeSelection.Make(path, image.Info, image.Steps, channel, frame, rank);
        return new Volume(selection.Extent, selection.Spacing, image.ReadIntensities(selection));
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
        using TiffImage image = Open(path);
        if (image.Info.Type is VoxelType.Float32 or VoxelType.Float64)
            throw new VolumeFormatException(path, $"voxels are {image.Info.Type} but labels are integers; save the label volume as 16 or 32 bit.");
        if (image.Info.Channels > 1)
            throw new VolumeFormatException(path, $"{image.Info.Channels} channels but a label volume has one; save the channel with the labels alone.");
        var selection = VolumeSelection.Make(path, image.Info, image.Steps, 0, frame, rank);
        return new LabelVolume(selection.Extent, selection.Spacing, image.ReadLabels(selection));
    }

    /// <summary>Writes an image as 32-bit floating point.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Volume volume) => Write(path, volume, VoxelType.Float32);

    /// <summary>Writes an image as 8-bit, 16-bit (values rounded and clamped) or 32-bit floating point.</summary>
    /// <param name="path">File to write; .ome.tif and .ome.tiff get OME metadata, other names ImageJ's.</param>
    /// <param name="volume">Image of rank 2, 3 or 4; every value is finite.</param>
    /// <param name="type">UInt8, UInt16 or Float32.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Volume volume, VoxelType type)
    {
        RequireSupported(path);
        TiffWriter.Write(path, volume, type);
    }

    /// <summary>Writes labels as 16-bit integers, 32-bit where one exceeds 65,535; no label may be negative.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, LabelVolume labels)
    {
        RequireSupported(path);
        TiffWriter.Write(path, labels);
    }

    private static TiffImage Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!IsSupported(path))
            throw new VolumeFormatException(path, $"the extension '{Path.GetExtension(path)}' is not known; use .tif, .tiff or .ome.tif.");
        return TiffImage.Open(path);
    }

    private static void RequireSupported(string path)
    {
        if (!IsSupported(path))
            throw new ArgumentException($"{path}: the extension '{Path.GetExtension(path)}' is not known; use .tif, .tiff or .ome.tif.", nameof(path));
    }
}
