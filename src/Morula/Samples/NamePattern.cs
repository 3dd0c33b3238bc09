using System.IO.Enumeration;
using Morula.Options;

namespace Morula.Samples;

/// <summary>A choice of images by name: a name, a glob (t04*) or a range of numbered names (t024..t045, both ends included).</summary>
internal sealed class NamePattern
{
    private readonly string text;
    private readonly Numbered? first;
    private readonly Numbered? last;

    public NamePattern(string text)
    {
        this.text = text;
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return;
        (first, last) = (Numbered.Parse(text[..dots]), Numbered.Parse(text[(dots + 2)..]));
        if (first is null || last is null || first.Prefix != last.Prefix || first.Suffix != last.Suffix || first.Number > last.Number)
            throw new OptionsException(text, "a range needs two names that differ in one ascending number, such as t024..t045.");
    }

    public bool Matches(string name)
    {
        if (first is null || last is null) return FileSystemName.MatchesSimpleExpression(text, name, ignoreCase: false);
        return Numbered.Parse(name) is { } item && item.Prefix == first.Prefix && item.Suffix == first.Suffix
            && item.Number >= first.Number && item.Number <= last.Number;
    }

    /// <summary>The names of the pairs that match any pattern; a pattern without a match is refused, since it is a slip of the pen.</summary>
    public static HashSet<string> Choose(string option, IEnumerable<string> patterns, IReadOnlyList<Pair> pairs)
    {
        var chosen = new HashSet<string>();
        foreach (string written in patterns)
        {
            var pattern = new NamePattern(written);
            var matches = pairs.Where(pair => pattern.Matches(pair.Name) || pattern.Matches($"{pair.Embryo}/{pair.Name}")).Select(pair => pair.Name).ToList();
            if (matches.Count == 0)
                throw new OptionsException($"Samples.{option}", $"'{written}' matches none of the {pairs.Count} images ({Listing([.. pairs.Select(pair => pair.Name)])}).");
            chosen.UnionWith(matches);
        }

        return chosen;
    }

    private static string Listing(IReadOnlyList<string> names) =>
        names.Count <= 4 ? string.Join(", ", names) : $"{names[0]}, {names[1]}, ..., {names[^1]}";

    /// <summary>A name split around its last number.</summary>
    private sealed record Numbered(string Prefix, long Number, string Suffix)
    {
        public static Numbered? Parse(string name)
        {
            int end = name.Length;
            while (end > 0 && !char.IsAsciiDigit(name[end - 1])) end--;
            int start = end;
            while (start > 0 && char.IsAsciiDigit(name[start - 1])) start--;
            if (start == end || !long.TryParse(name.AsSpan(start, end - start), out long number)) return null;
            return new Numbered(name[..start], number, name[end..]);
        }
    }
}
