using Morula.Formats;

namespace Morula.Runs;

/// <summary>Networks that come with the program, each with a card that says what it was taught on (models/NAME.md).</summary>
public static class ShippedNetworks
{
    /// <summary>The network that is used where none is named.</summary>
    public const string Default = "membrane3d";

    private const string Extension = ".safetensors";

    /// <summary>Names of the networks that are there, in order.</summary>
    public static IReadOnlyList<string> Names =>
        Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)] : [];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Whether this names a network that comes with the program rather than a file.</summary>
    public static bool Contains(string nameOrPath) => !File.Exists(nameOrPath) && Names.Contains(nameOrPath, StringComparer.Ordinal);

    /// <summary>The checkpoint that a name or a path means.</summary>
    /// <exception cref="VolumeFormatException">There is neither such a file nor such a network.</exception>
    public static string PathOf(string nameOrPath)
    {
        if (File.Exists(nameOrPath)) return nameOrPath;
        if (Contains(nameOrPath)) return Path.Combine(Folder, nameOrPath + Extension);
        throw new VolumeFormatException(nameOrPath, $"there is no such checkpoint, and no network of this name comes with the program (there are: {string.Join(", ", Names.DefaultIfEmpty("none"))}).");
    }
}
