using System.Net;
using System.Text;
using Morula.Formats;

namespace Morula.Reports;

/// <summary>
/// Builds one HTML page that needs nothing but itself: figures lie within it, fonts are the system's, and nothing is fetched.
/// Every text is escaped. It follows the reader's choice of light or dark and prints black on white.
/// </summary>
/// <param name="title">Heading and name of the page.</param>
public sealed class Page(string title)
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private readonly StringBuilder body = new();

    /// <summary>Begins a section.</summary>
    public Page Section(string heading) => Add($"<h2>{Escape(heading)}</h2>\n");

    /// <summary>Adds a paragraph.</summary>
    public Page Paragraph(string text) => Add($"<p>{Escape(text)}</p>\n");

    /// <summary>Adds a table. Columns whose cells are all numbers (or empty) are set flush right.</summary>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">Cells, as many a row as there are columns.</param>
    /// <exception cref="ArgumentException">A row has more or fewer cells than the header.</exception>
    public Page Table(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows) => Add(PageTable.ToHtml(header, rows));

    /// <summary>Adds a picture with a caption below it, which is also what is read aloud in its place.</summary>
    /// <param name="png">A PNG file.</param>
    /// <param name="caption">What is to be seen.</param>
    /// <exception cref="ArgumentException">The bytes are no PNG file.</exception>
    public Page Figure(byte[] png, string caption) =>
        Add($"<figure>{Picture(png, caption)}<figcaption>{Escape(caption)}</figcaption></figure>\n");

    /// <summary>Adds names with their values, such as options.</summary>
    public Page Definitions(IEnumerable<KeyValuePair<string, string>> entries)
    {
        Add("<dl>\n");
        foreach (var (name, value) in entries) Add($"<dt>{Escape(name)}</dt><dd>{Escape(value)}</dd>\n");
        return Add("</dl>\n");
    }

    /// <summary>Adds text whose spaces and line ends matter, such as a JSON file.</summary>
    public Page Preformatted(string text) => Add($"<pre>{Escape(text)}</pre>\n");

    /// <summary>Adds text whose spaces and line ends matter, folded away until the reader asks for it.</summary>
    /// <param name="summary">What is folded.</param>
    /// <param name="text">Such as a JSON file.</param>
    public Page Folded(string summary, string text) =>
        Add($"<details><summary>{Escape(summary)}</summary>\n<pre>{Escape(text)}</pre>\n</details>\n");

    /// <summary>Adds a section with the options of a run, folded away.</summary>
    /// <param name="text">A JSON file.</param>
    public Page Options(string text) => Section("Options").Folded("All options of this run", text);

    /// <summary>Adds small pictures in rows, each with a title and lines below it.</summary>
    /// <exception cref="ArgumentException">A picture is no PNG file.</exception>
    public Page Cards(IEnumerable<PageCard> cards)
    {
        Add("<div class=\"cards\">\n");
        foreach (PageCard card in cards)
        {
            string lines = string.Concat(card.Lines.Select(line => $"<br>{Escape(line)}"));
            Add($"<figure>{Picture(card.Png, card.Title)}<figcaption><strong>{Escape(card.Title)}</strong>{lines}</figcaption></figure>\n");
        }

        return Add("</div>\n");
    }

    /// <summary>The whole page.</summary>
    public string ToHtml() =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <title>{Escape(title)}</title>
        <style>
        {PageStyle.Css}
        </style>
        </head>
        <body>
        <main>
        <h1>{Escape(title)}</h1>
        {body}</main>
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    /// <summary>Writes the page beside its place and then moves it there, so that a reader never finds half a page.</summary>
    /// <param name="path">An HTML file; one that exists is replaced.</param>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public void Save(string path) => AtomicFile.WriteText(path, ToHtml());

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Picture(byte[] png, string alternative)
    {
        if (!png.AsSpan().StartsWith(PngSignature)) throw new ArgumentException("A figure must be a PNG file.", nameof(png));
        return $"<img alt=\"{Escape(alternative)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">";
    }

    private Page Add(string html)
    {
        body.Append(html);
        return this;
    }
}
