using System.Text;

namespace Morula.Bench;

/// <summary>A table that reads well as text and as Markdown: first column to the left, numbers to the right.</summary>
internal sealed class MarkdownTable(params string[] header)
{
    private readonly List<string[]> rows = [header];

    /// <summary>Adds a row of as many cells as the header has.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>The whole table, one line per row.</summary>
    public override string ToString()
    {
        int[] widths = [.. rows[0].Select((_, column) => Math.Max(3, rows.Max(row => row[column].Length)))];
        var text = new StringBuilder();
        AppendRow(text, rows[0], widths);
        AppendRow(text, [.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")], widths);
        foreach (string[] row in rows.Skip(1)) AppendRow(text, row, widths);
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, string[] cells, int[] widths)
    {
        for (int column = 0; column < cells.Length; column++)
            text.Append("| ").Append(column == 0 ? cells[column].PadRight(widths[column]) : cells[column].PadLeft(widths[column])).Append(' ');
        text.Append("|\n");
    }
}
