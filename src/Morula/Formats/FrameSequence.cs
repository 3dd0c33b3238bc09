using System.Globalization;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>A movie on disk, read frame by frame: a folder of numbered files, or one file with a time axis.</summary>
public sealed class FrameSequence
{
    private readonly IReadOnlyList<(int Number, string Path)> frames;
    private readonly bool isOneFile;
    private readonly IFrameLabelling? labelling;

    private FrameSequence(string path, IReadOnlyList<(int Number, string Path)> frames, bool isOneFile, IFrameLabelling? labelling = null)
    {
        Path = path;
        this.frames = frames;
        this.isOneFile = isOneFile;
        this.labelling = labelling;
        Numbers = [.. frames.Select(frame => frame.Number)];
    }

    /// <summary>Folder or file.</summary>
    public string Path { get; }

    /// <summary>Number of frames.</summary>
    public int Count => frames.Count;

    /// <summary>The number of each frame: of its file name, or its place in the file from 0.</summary>
    public IReadOnlyList<int> Numbers { get; }

    /// <summary>Opens a folder or a file.</summary>
    /// <param name="path">Folder of files whose names differ in a number alone, or one file.</param>
    /// <param name="first">First frame number wanted; null: the first there is.</param>
    /// <param name="last">Last frame number wanted, included; null: the last there is.</param>
    /// <exception cref="VolumeFormatException">There is no movie, frames are missing, or a file is none.</exception>
    public static FrameSequence Open(string path, int? first = null, int? last = null)
    {
        if (Directory.Exists(path) && !VolumeFile.Exists(path))
        {
            IReadOnlyList<string> files = VolumeFile.InFolder(path);
            if (files.Count == 0) throw new VolumeFormatException(path, $"the folder holds no frame ({VolumeFile.Extensions}).");
            return new FrameSequence(path, FrameNames.Order(path, files, first, last), isOneFile: false);
        }

        if (!VolumeFile.Exists(path)) throw new VolumeFormatException(path, "there is no such movie; expected a folder of numbered frames, or a file with a time axis.");
        int count = VolumeFile.ReadInfo(path).Frames;
        var (from, to) = (first ?? 0, Math.Min(last ?? (count - 1), count - 1));
        if (from > to) throw new VolumeFormatException(path, $"has the frames 0 to {count - 1}, none of those asked for.");
        return new FrameSequence(path, [.. Enumerable.Range(from, to - from + 1).Select(number => (number, path))], isOneFile: true);
    }

    /// <summary>The frames among the files of a folder that holds others too.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">Files whose names differ in a number alone, at least one.</param>
    /// <param name="first">As for <see cref="Open"/>.</param>
    /// <param name="last">As for <see cref="Open"/>.</param>
    /// <exception cref="VolumeFormatException">Frames are missing, or a file is none.</exception>
    internal static FrameSequence OfFiles(string folder, IEnumerable<string> files, int? first, int? last) =>
        new(folder, FrameNames.Order(folder, files, first, last), isOneFile: false);

    /// <summary>The same frames, whose labels are checked and exchanged when they are read.</summary>
    internal FrameSequence Labelled(IFrameLabelling meaning) => new(Path, frames, isOneFile, meaning);

    /// <summary>Name of the result of a frame: of its file, or t000 and so on.</summary>
    public string NameOf(int index) => isOneFile ? string.Create(CultureInfo.InvariantCulture, $"t{Numbers[index]:000}") : VolumeName.Of(frames[index].Path);

    /// <summary>File in which a frame lies.</summary>
    public string PathOf(int index) => frames[index].Path;

    /// <summary>A frame as an image in a file.</summary>
    public ImageFrame FrameOf(int index) => new(PathOf(index), InFile(index));

    /// <summary>Number of a frame in its file, where that has a time axis; null where the file is the frame.</summary>
    internal int? InFile(int index) => isOneFile ? Numbers[index] : null;

    /// <summary>The part with the frame numbers from first to last, both included.</summary>
    public FrameSequence Between(int first, int last) => new(Path, [.. frames.Where(frame => frame.Number >= first && frame.Number <= last)], isOneFile, labelling);

    /// <summary>Sizes and spacing of one frame: Y X or Z Y X.</summary>
    public VolumeInfo Info(int index)
    {
        VolumeInfo info = VolumeFile.ReadInfo(PathOf(index));
        if (!isOneFile && info.Frames > 1)
            throw new VolumeFormatException(PathOf(index), $"has {info.Frames} frames of its own; a movie is a folder of single frames or one such file.");
        return info;
    }

    /// <summary>Reads a frame as Z Y X; a plane becomes one slice.</summary>
    /// <exception cref="VolumeFormatException">The file cannot be read.</exception>
    public Volume ReadImage(int index)
    {
        Info(index);
        return VolumeFile.ReadImage(PathOf(index), frame: InFile(index), rank: 3);
    }

    /// <summary>Reads the labels of a frame as Z Y X; a plane becomes one slice. Labels of a <see cref="TrackedMovie"/> are ids of tracks, whatever the file's are.</summary>
    /// <exception cref="VolumeFormatException">The file cannot be read, holds no labels, or others than its tracks say.</exception>
    public LabelVolume ReadLabels(int index)
    {
        Info(index);
        LabelVolume labels = VolumeFile.ReadLabels(PathOf(index), frame: InFile(index), rank: 3);
        labelling?.Apply(PathOf(index), Numbers[index], labels.Voxels);
        return labels;
    }

    /// <summary>Checks from the headers that all frames have one size and spacing.</summary>
    /// <exception cref="VolumeFormatException">One has another; the message names both.</exception>
    public void RequireOneSize()
    {
        if (isOneFile || Count == 0) return;
        VolumeInfo expected = Info(0);
        for (int index = 1; index < Count; index++)
        {
            VolumeInfo found = Info(index);
            if (found.Extent != expected.Extent)
                throw new VolumeFormatException(PathOf(index), $"is {found.Extent} voxels, but {System.IO.Path.GetFileName(PathOf(0))} is {expected.Extent}; the frames of a movie have one size.");
            if (found.Spacing != expected.Spacing)
                throw new VolumeFormatException(PathOf(index), $"has voxels of {found.Spacing} um, but {System.IO.Path.GetFileName(PathOf(0))} of {expected.Spacing}; the frames of a movie have one spacing.");
        }
    }
}
