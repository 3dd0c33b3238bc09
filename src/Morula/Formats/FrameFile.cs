namespace Morula.Formats;

/// <summary>One image, or one frame of a movie, in a file.</summary>
/// <param name="Number">Its number: of its file name, or its place in the file or in the list of files, from 0.</param>
/// <param name="Name">Its name: of its file, or t000 and so on.</param>
/// <param name="Path">The file.</param>
/// <param name="InFile">Its number in a file with a time axis; null where the file is the frame.</param>
public sealed record FrameFile(int Number, string Name, string Path, int? InFile)
{
    /// <summary>Opens it as an image Z Y X; a plane becomes one slice.</summary>
    /// <exception cref="VolumeFormatException">The file cannot be read.</exception>
    public VolumeSource OpenImage() => VolumeSource.OpenImage(Path, frame: InFile, rank: 3);

    /// <summary>Opens it as labels Z Y X; a plane becomes one slice.</summary>
    /// <exception cref="VolumeFormatException">The file cannot be read or holds no labels.</exception>
    public VolumeSource OpenLabels() => VolumeSource.OpenLabels(Path, frame: InFile, rank: 3);
}
