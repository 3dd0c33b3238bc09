using System.Text.Json;
using Morula.Formats;
using Morula.Model;

namespace Morula.Streaming;

/// <summary>The moments that all tiles of an image share, as JSON; null where each has its own.</summary>
internal static class MomentsFile
{
    /// <summary>Writes them.</summary>
    public static void Write(string path, NormalisationMoments? moments) => AtomicFile.WriteText(path, JsonSerializer.Serialize(moments));

    /// <summary>Reads them.</summary>
    /// <exception cref="VolumeFormatException">The file is missing or damaged.</exception>
    public static NormalisationMoments? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<NormalisationMoments?>(File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw DamagedPart.Of(path, fault);
        }
    }
}
