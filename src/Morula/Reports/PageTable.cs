using System.Globalization;
using System.Text;

namespace Morula.Reports;

/// <summary>A table as HTML.</summary>
internal static class PageTable
{
    public static string ToHtml(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        foreach (var row in rows)
        {
            if (row.Count != header.Count) throw new ArgumentException($"A row has {row.Count} cells but the table has {header.Count} columns.", nameof(rows));
        }

        bool[] isNumeric = [.. header.Select((_, column) => rows.Any(row => IsNumber(row[column])) && rows.All(row => IsNumber(row[column]) || IsBlank(row[column])))];
        var html = new StringBuilder("<div class=\"wide\"><table>\n<thead>");
        AddRow(html, "th", header, isNumeric);
        html.Append("</thead>\n<tbody>\n");
        foreach (var row in rows) AddRow(html, "td", row, isNumeric);
        return html.Append("</tbody>\n</table></div>\n").ToString();
    }

    private static void AddRow(StringBuilder html, string tag, IReadOnlyList<string> cells, bool[] isNumeric)
    {
        html.Append("<tr>");
        for (int column = 0; column < cells.Count; column++)
            html.Append($"<{tag}{(isNumeric[column] ? " class=\"number\"" : string.Empty)}>{Page.Escape(cells[column])}</{tag}>");
        html.Append("</tr>\n");
    }

    // A number may carry a percent sign or, after ±, its spread.
    private static bool IsNumber(string cell) => cell.TrimEnd('%', ' ').Split('±')
        .All(part => double.TryParse(part, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _));

    private static bool IsBlank(string cell) => cell.Trim() is "" or "-" or "–";
}
