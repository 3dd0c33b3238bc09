using System.Globalization;

namespace Morula.Evaluation;

/// <summary>One score by name.</summary>
/// <param name="Name">Its name, as in the JSON file.</param>
/// <param name="Value">Its value; null where it is not defined.</param>
public readonly record struct ScoreRow(string Name, double? Value)
{
    /// <summary>The value for a reader: whole numbers as such, others with four decimals, "-" where undefined.</summary>
    public string Text => Value is not { } value
        ? "-"
        : value.ToString(Name.EndsWith("cells", StringComparison.Ordinal) || Name == "images" ? "0" : "0.0000", CultureInfo.InvariantCulture);
}
