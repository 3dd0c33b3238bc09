using System.Globalization;

namespace Morula.Formats;

/// <summary>
/// The images of a folder, or the frames of a file, as far as they are there: unlike a <see cref="FrameSequence"/> they need not be a movie, and
/// frames may be missing, as they are while a movie is being written.
/// </summary>
public sealed class FrameFiles
{
    private FrameFiles(string path, IReadOnlyList<FrameFile> all, bool isMovie) => (Path, All, IsMovie) = (path, all, isMovie);

    /// <summary>Folder or file.</summary>
    public string Path { get; }

    /// <summary>The frames by number.</summary>
    public IReadOnlyList<FrameFile> All { get; }

    /// <summary>Whether they differ in a number alone, so that they can be frames of a movie.</summary>
    public bool IsMovie { get; }

    /// <summary>Lists a folder, which may be empty, or a file.</summary>
    /// <exception cref="VolumeFormatException">There is no such folder or file, or the file cannot be read.</exception>
    public static FrameFiles Open(string path)
    {
        if (VolumeFile.Exists(path)) return OfFile(path);
        if (!Directory.Exists(path)) throw new VolumeFormatException(path, "there is no such image, nor a folder of images.");
        return OfFiles(path, VolumeFile.InFolder(path));
    }

    /// <summary>The frame that another one belongs to: that of the same name, else of the same number, else the only one of both; null where there is none.</summary>
    /// <param name="frame">A frame of <paramref name="others"/>.</param>
    /// <param name="others">The list that it stands in.</param>
    public FrameFile? Beside(FrameFile frame, FrameFiles others)
    {
        if (All.FirstOrDefault(one => one.Name == frame.Name) is { } same) return same;
        if (IsMovie && others.IsMovie && All.FirstOrDefault(one => one.Number == frame.Number) is { } numbered) return numbered;
        return All.Count == 1 && others.All.Count == 1 ? All[0] : null;
    }

    private static FrameFiles OfFile(string path)
    {
        int count = VolumeFile.ReadInfo(path).Frames;
        if (count == 1) return OfFiles(path, [path]);
        return new FrameFiles(path, [.. Enumerable.Range(0, count).Select(number => new FrameFile(number, string.Create(CultureInfo.InvariantCulture, $"t{number:000}"), path, number))], isMovie: true);
    }

    private static FrameFiles OfFiles(string path, IReadOnlyList<string> files)
    {
        FrameFile[] named = [.. files.Select((file, place) => new FrameFile(place, VolumeName.Of(file), file, null))];
        var split = named.Select(frame => FrameNames.Split(frame.Name)).ToList();
        bool isMovie = split.TrueForAll(name => name is not null)
            && split.Select(name => (name!.Value.Before, name.Value.After)).Distinct().Count() <= 1
            && split.Select(name => name!.Value.Number).Distinct().Count() == split.Count;
        if (!isMovie) return new FrameFiles(path, named, isMovie: false);
        return new FrameFiles(path, [.. named.Select((frame, place) => frame with { Number = split[place]!.Value.Number }).OrderBy(frame => frame.Number)], isMovie: true);
    }
}
