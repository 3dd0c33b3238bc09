using Morula.Formats;

namespace Morula.Samples;

/// <summary>Classes of cells by label, from a table with the columns label and class (integers; classes from 1).</summary>
internal static class ObjectClasses
{
    /// <summary>Class of a cell of which no table speaks.</summary>
    public const int Default = 1;

    public static IReadOnlyDictionary<int, int> Read(string? path)
    {
        var classes = new Dictionary<int, int>();
        if (path is null) return classes;
        CommaTable table = CommaTable.Read(path);
        var (label, kind) = (table.Column("label"), table.Column("class"));
        foreach (CommaTable.Line line in table.Lines)
        {
            int cell = Number(line, label, "label");
            if (!classes.TryAdd(cell, Number(line, kind, "class")))
                throw new VolumeFormatException(path, $"line {line.Number} repeats label {cell}.");
        }

        return classes;

        int Number(CommaTable.Line line, int column, string name)
        {
            if (int.TryParse(line.Values[column], out int value) && value >= 1) return value;
            throw new VolumeFormatException(path, $"line {line.Number} has {name} '{line.Values[column]}'; expected an integer from 1.");
        }
    }
}
