using System.Globalization;

namespace Morula.Evaluation;

/// <summary>One score by name.</summary>
/// <param name="Name">Its name, as in the JSON file.</param>
/// <param name="Value">Its value; null where it is not defined.</param>
public readonly record struct ScoreRow(string Name, double? Value)
{
    /// <summary>Whether it is a number of things.</summary>
    public bool IsCount { get; private init; }

    /// <summary>The value for a reader: counts as whole numbers, others with four decimals, "-" where undefined.</summary>
    public string Text => Value is { } value ? value.ToString(IsCount ? "0" : "0.0000", CultureInfo.InvariantCulture) : "-";

    internal static ScoreRow OfCount(string name, long count) => new(name, count) { IsCount = true };
}
