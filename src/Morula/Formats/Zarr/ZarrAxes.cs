namespace Morula.Formats;

/// <summary>Which axis of an array is time, depth, rows, columns and channel.</summary>
/// <param name="Letters">A letter of T C Z Y X per axis; other axes, of size 1, are a blank.</param>
/// <param name="Steps">Their steps.</param>
internal sealed record ZarrAxes(string Letters, VoxelSize Steps)
{
    private const string ByRank = "TCZYX";

    /// <summary>The axes that the image names, else the array, else those that are usual for so many.</summary>
    /// <exception cref="VolumeFormatException">There are others, or they do not end in y x.</exception>
    public static ZarrAxes Of(string path, ZarrNode node)
    {
        int[] shape = node.Layout.Shape;
        string[] names = node.Image?.Axes is { } axes ? [.. axes.Select(axis => axis.Name)]
            : node.Layout.Axes is { } own && own.Length == shape.Length && own.All(name => name.Length == 1 && ByRank.Contains(name, StringComparison.OrdinalIgnoreCase)) ? own
            : Usual(shape.Length);
        if (names.Length != shape.Length) throw new VolumeFormatException(path, $"{names.Length} axes are named, but the array has {shape.Length}.");
        char[] letters = [.. names.Select((name, axis) => name.Length == 1 && ByRank.Contains(name, StringComparison.OrdinalIgnoreCase) ? char.ToUpperInvariant(name[0]) : shape[axis] == 1 ? ' ' : '?')];
        string joined = new(letters);
        if (joined.Contains('?', StringComparison.Ordinal) || !joined.EndsWith("YX", StringComparison.Ordinal) || joined.Replace(" ", "", StringComparison.Ordinal).Distinct().Count() < joined.Count(letter => letter != ' '))
            throw new VolumeFormatException(path, $"its axes are {string.Join(' ', names)}; expected t, c and z in any order, then y x, each once.");
        return new ZarrAxes(joined, StepsOf(node, joined));
    }

    /// <summary>Place of an axis; -1 where there is none.</summary>
    public int Of(char letter) => Letters.IndexOf(letter, StringComparison.Ordinal);

    private static string[] Usual(int rank)
    {
        // ZYX and TZYX have no channel.
        string letters = rank < ByRank.Length ? ByRank.Replace("C", "", StringComparison.Ordinal)[^Math.Min(rank, ByRank.Length - 1)..] : ByRank;
        return [.. letters.PadLeft(rank).Select(letter => letter.ToString())];
    }

    private static VoxelSize StepsOf(ZarrNode node, string letters)
    {
        double[]? scale = node.Image?.Levels[node.Level].Scale;
        if (scale is null || scale.Length != letters.Length) return new VoxelSize(null, null, null, null);
        double? Step(char letter) => letters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var axis ? scale[axis] : null;
        string? Unit(char letter) => letters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var axis && node.Image!.Axes is { } axes ? axes[axis].Unit : null;
        double? Length(char letter) => LengthUnit.ToMicrometres(Step(letter), Unit(letter));
        return new VoxelSize(LengthUnit.ToSeconds(Step('T'), Unit('T')), Length('Z'), Length('Y'), Length('X'));
    }
}
