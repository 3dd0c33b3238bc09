namespace Morula.Comparison;

/// <summary>A table of a comparison, for page and Markdown alike.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Text">What its columns mean.</param>
/// <param name="Header">Names of the columns.</param>
/// <param name="Rows">Cells, as many a row as there are columns.</param>
internal sealed record NamedTable(string Title, string Text, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);
