namespace Morula.Formats;

/// <summary>A user's file cannot be read as what it should be. The message is one line for the terminal.</summary>
public sealed class VolumeFormatException : Exception
{
    /// <summary>Names the file, then where in it, what was found, what is expected and what to do.</summary>
    public VolumeFormatException(string path, string problem)
        : base($"{path}: {problem}")
    {
    }

    /// <summary>As above, with the fault that revealed it.</summary>
    public VolumeFormatException(string path, string problem, Exception inner)
        : base($"{path}: {problem}", inner)
    {
    }
}
