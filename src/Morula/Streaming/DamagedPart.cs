using Morula.Formats;

namespace Morula.Streaming;

/// <summary>What an earlier stage should have left cannot be used.</summary>
internal static class DamagedPart
{
    /// <summary>Names the file and what to do.</summary>
    public static VolumeFormatException Of(string path, Exception fault) => new(path, "is missing or damaged; remove it and repeat the command.", fault);
}
