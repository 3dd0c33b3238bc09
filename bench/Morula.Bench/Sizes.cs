using Morula.Volumes;

namespace Morula.Bench;

/// <summary>Extents on the command line and in tables.</summary>
internal static class Sizes
{
    /// <summary>Reads "64,64,64".</summary>
    /// <exception cref="ArgumentException">Something else is written there.</exception>
    public static int[] Parse(string text)
    {
        int[] sizes = [.. text.Split(',').Select(part => int.TryParse(part, out int size) ? size : 0)];
        return sizes.Length is >= 2 and <= 3 && Array.TrueForAll(sizes, size => size >= 8)
            ? sizes
            : throw new ArgumentException($"\"{text}\" is no extent; expected two or three sizes of at least 8 voxels, such as 64,64,64.", nameof(text));
    }

    /// <summary>Writes 64^3 for cubes, else 48 x 64 x 64.</summary>
    public static string Name(int[] sizes) =>
        Array.TrueForAll(sizes, size => size == sizes[0]) ? $"{sizes[0]}^{sizes.Length}" : new Extent(sizes).ToString();

    /// <summary>Voxels of an extent.</summary>
    public static long Voxels(int[] sizes) => new Extent(sizes).Count;
}
