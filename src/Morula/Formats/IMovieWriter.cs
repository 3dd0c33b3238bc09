namespace Morula.Formats;

/// <summary>Writes a tracked movie frame by frame in the layout of some program; it keeps no voxels.</summary>
public interface IMovieWriter
{
    /// <summary>Whether <see cref="MovieFrame.Cells"/> must be measured.</summary>
    bool NeedsCells { get; }

    /// <summary>Writes the next frame; numbers ascend.</summary>
    /// <exception cref="VolumeFormatException">The layout cannot hold the frame.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    void Add(MovieFrame frame);

    /// <summary>Writes what can be told once all frames are known.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    void Finish();
}
