using System.Globalization;
using Morula.Options;

namespace Morula.Jobs;

/// <summary>One of several equal parts of a row of units; the parts are neighbours and hold every unit once.</summary>
/// <param name="Index">Number of the part, from 0.</param>
/// <param name="Count">Number of parts.</param>
public readonly record struct Share(int Index, int Count)
{
    /// <summary>Reads "3/8": part 3, counted from 0, of 8.</summary>
    /// <exception cref="OptionsException">It is no such text.</exception>
    public static Share Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && index < count)
            return new Share(index, count);
        throw new OptionsException("--share", $"'{text}' is no share; expected INDEX/COUNT with an index from 0 to COUNT - 1, such as 0/8.");
    }

    /// <summary>The units of this part of a row of so many.</summary>
    public IEnumerable<int> Of(int units)
    {
        int first = (int)((long)units * Index / Count);
        return Enumerable.Range(first, (int)((long)units * (Index + 1) / Count) - first);
    }
}
