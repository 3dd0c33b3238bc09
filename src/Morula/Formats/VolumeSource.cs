using Morula.Volumes;

namespace Morula.Formats;

/// <summary>
/// An image or label volume in a file, read block by block: memory is that of a block, whatever the size of the file. Blocks may be
/// read from several threads.
/// </summary>
public sealed class VolumeSource : IDisposable
{
    private readonly IVolumeReader reader;
    private readonly VolumeSelection whole;

    private VolumeSource(string path, IVolumeReader reader, VolumeSelection whole)
    {
        (Path, this.reader, this.whole) = (path, reader, whole);
        int[] piece = [.. reader.Piece.Zip(whole.Part.Extent.Sizes.ToArray(), Math.Min)];
        Piece = new Extent(piece.AsSpan(4 - whole.Extent.Rank));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the file holds.</summary>
    public VolumeInfo Info => reader.Info;

    /// <summary>Sizes of the whole volume: Y X, Z Y X or T Z Y X.</summary>
    public Extent Extent => whole.Extent;

    /// <summary>Step per axis, µm and seconds; 1 where the file states none.</summary>
    public Spacing Spacing => whole.Spacing;

    /// <summary>Sizes of what the file holds together, so that reading less costs as much: a chunk or a plane.</summary>
    public Extent Piece { get; }

    /// <summary>Whether a block can only be had by going through the file from its front, as where all of it is packed in one piece.</summary>
    public bool IsSequential => reader.IsSequential;

    /// <summary>Opens one channel of an image; axes as in <see cref="VolumeFile.ReadImage"/>.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="channel">Channel, from 0.</param>
    /// <param name="frame">One frame of a movie, from 0; all frames if null.</param>
    /// <param name="rank">2, 3 or 4; by content if null.</param>
    /// <exception cref="VolumeFormatException">The file is missing, damaged, not supported, or has no such channel, frame or rank.</exception>
    public static VolumeSource OpenImage(string path, int channel = 0, int? frame = null, int? rank = null) =>
        Open(path, VolumeKind.Image, image => VolumeSelection.Make(path, image.Info, image.Steps, channel, frame, rank));

    /// <summary>Opens labels of cells; axes as in <see cref="VolumeFile.ReadLabels"/>.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="frame">One frame of a movie, from 0; all frames if null.</param>
    /// <param name="rank">2, 3 or 4; by content if null.</param>
    /// <exception cref="VolumeFormatException">The file is missing, damaged, not supported, has several channels or holds fractions.</exception>
    public static VolumeSource OpenLabels(string path, int? frame = null, int? rank = null) => Open(path, VolumeKind.Labels, image =>
    {
        if (image.Info.Type is VoxelType.Float32 or VoxelType.Float64)
            throw new VolumeFormatException(path, $"voxels are {image.Info.Type} but labels are integers; save the label volume as 16 or 32 bit.");
        if (image.Info.Channels > 1)
            throw new VolumeFormatException(path, $"{image.Info.Channels} channels but a label volume has one; save the channel with the labels alone.");
        return VolumeSelection.Make(path, image.Info, image.Steps, 0, frame, rank);
    });

    /// <summary>The intensities of a block.</summary>
    /// <param name="block">Inside the volume; no larger than one volume can be.</param>
    /// <exception cref="VolumeFormatException">The voxels cannot be read or are not finite.</exception>
    public Volume ReadImage(Block block)
    {
        VolumeSelection part = whole.Cut(block).RequireRoom(Path);
        return new Volume(part.Extent, Spacing, reader.ReadIntensities(part));
    }

    /// <summary>The labels of a block.</summary>
    /// <param name="block">Inside the volume; no larger than one volume can be.</param>
    /// <exception cref="VolumeFormatException">The voxels cannot be read, or labels are negative or above 2,147,483,647.</exception>
    public LabelVolume ReadLabels(Block block)
    {
        VolumeSelection part = whole.Cut(block).RequireRoom(Path);
        return new LabelVolume(part.Extent, Spacing, reader.ReadLabels(part));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => reader.Dispose();

    private static VolumeSource Open(string path, VolumeKind kind, Func<IVolumeReader, VolumeSelection> select)
    {
        IVolumeReader reader = VolumeFormat.Open(path, kind);
        try
        {
            return new VolumeSource(path, reader, select(reader));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
