namespace Morula.Formats;

/// <summary>A small table of comma-separated values with one header line; columns are found by name, whatever their order.</summary>
internal sealed class CommaTable
{
    private readonly string path;
    private readonly string[] header;

    private CommaTable(string path, string[] header, IReadOnlyList<Line> lines)
    {
        this.path = path;
        this.header = header;
        Lines = lines;
    }

    public IReadOnlyList<Line> Lines { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns => header;

    public static CommaTable Read(string path)
    {
        string[] text = ReadLines(path);
        int first = Array.FindIndex(text, line => line.Trim().Length > 0);
        if (first < 0) throw new VolumeFormatException(path, "is empty; expected a header line.");
        string[] columns = Split(text[first]);
        var lines = new List<Line>();
        for (int index = first + 1; index < text.Length; index++)
        {
            if (text[index].Trim().Length == 0) continue;
            string[] values = Split(text[index]);
            if (values.Length != columns.Length)
                throw new VolumeFormatException(path, $"line {index + 1} has {values.Length} values but the header names {columns.Length} columns.");
            lines.Add(new Line(index + 1, values));
        }

        return new CommaTable(path, columns, lines);
    }

    /// <summary>Position of a column, -1 where it is missing.</summary>
    public int Find(string column) => Array.FindIndex(header, name => name.Equals(column, StringComparison.OrdinalIgnoreCase));

    /// <summary>Position of a column that must be there.</summary>
    public int Column(string column)
    {
        int found = Find(column);
        return found >= 0 ? found : throw new VolumeFormatException(path, $"has no column '{column}' (columns: {HeaderFields.OneLine(string.Join(", ", header))}).");
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new VolumeFormatException(path, $"cannot be read ({fault.Message})", fault);
        }
    }

    private static string[] Split(string line) => [.. line.Split(',').Select(value => value.Trim().Trim('"'))];

    /// <summary>One line: its number in the file, from 1, and its values.</summary>
    public sealed record Line(int Number, string[] Values);
}
