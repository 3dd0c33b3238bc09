using System.Text;
using Morula.Formats;

namespace Morula.Comparison;

/// <summary>The tables of a comparison as Markdown.</summary>
internal static class ComparisonMarkdown
{
    public static void Save(ComparisonResults results) => AtomicFile.WriteText(results.Place.Markdown, Text(results));

    private static string Text(ComparisonResults results)
    {
        var text = new StringBuilder("# Morula: comparison\n\n");
        foreach (string line in ComparisonWords.Conditions(results)) text.Append($"- {line}\n");
        foreach (NamedTable table in ComparisonTables.Of(results)) Add(text, table);
        if (ComparisonTables.Differences(results) is { } differences) Add(text, differences);
        text.Append("\n## Machine\n\n");
        foreach (string line in ComparisonWords.Machines(results)) text.Append($"- {line}\n");
        return text.ToString();
    }

    private static void Add(StringBuilder text, NamedTable table)
    {
        text.Append($"\n## {table.Title}\n\n{table.Text}\n\n");
        AddRow(text, table.Header);
        AddRow(text, [.. table.Header.Select(_ => "---")]);
        foreach (IReadOnlyList<string> row in table.Rows) AddRow(text, row);
    }

    private static void AddRow(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
}
