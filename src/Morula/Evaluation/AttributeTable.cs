using System.Globalization;
using Morula.Formats;

namespace Morula.Evaluation;

/// <summary>
/// Reads the table beside a label volume: comma-separated, first line names the columns; <c>label</c> (or <c>id</c>) and any of
/// <c>score</c> and <c>class</c> are used, others are passed over.
/// </summary>
internal static class AttributeTable
{
    /// <summary>What the table says; nothing where there is no such file.</summary>
    /// <exception cref="VolumeFormatException">A line of the table cannot be read.</exception>
    public static CellAttributes ReadIfPresent(string path)
    {
        if (!File.Exists(path)) return CellAttributes.None;
        string[] lines = File.ReadAllLines(path);
        string[] header = lines.Length == 0 ? [] : [.. Split(lines[0]).Select(name => name.ToUpperInvariant())];
        int label = Array.IndexOf(header, "LABEL");
        if (label < 0) label = Array.IndexOf(header, "ID");
        if (label < 0) throw new VolumeFormatException(path, "line 1 names no column 'label' or 'id'; the first line names the columns, separated by commas.");
        return ReadCells(path, lines, label, Array.IndexOf(header, "SCORE"), Array.IndexOf(header, "CLASS"), header.Length);
    }

    private static CellAttributes ReadCells(string path, string[] lines, int label, int score, int kind, int columns)
    {
        var scores = new Dictionary<int, double>();
        var classes = new Dictionary<int, string>();
        var seen = new HashSet<int>();
        for (int line = 1; line < lines.Length; line++)
        {
            if (string.IsNullOrWhiteSpace(lines[line])) continue;
            string[] cells = Split(lines[line]);
            if (cells.Length != columns)
                throw new VolumeFormatException(path, $"line {line + 1} has {cells.Length} columns but line 1 names {columns}; repair the line.");
            int id = Label(path, line, cells[label]);
            if (!seen.Add(id)) throw new VolumeFormatException(path, $"line {line + 1} names label {id} again; each label has one line.");
            if (score >= 0) scores[id] = Score(path, line, cells[score]);
            if (kind >= 0) classes[id] = cells[kind];
        }

        return new CellAttributes { Scores = score < 0 ? null : scores, Classes = kind < 0 ? null : classes };
    }

    private static string[] Split(string line) => [.. line.Split(',').Select(cell => cell.Trim().Trim('"'))];

    private static int Label(string path, int line, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int label)
            ? label
            : throw new VolumeFormatException(path, $"line {line + 1} has the label '{text}'; a label is a whole number.");

    private static double Score(string path, int line, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double score) && double.IsFinite(score)
            ? score
            : throw new VolumeFormatException(path, $"line {line + 1} has the score '{text}'; a score is a finite number such as 0.93.");
}
