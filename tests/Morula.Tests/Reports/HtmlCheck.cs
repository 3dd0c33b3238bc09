using System.Text.RegularExpressions;
using Xunit;

namespace Morula.Tests.Reports;

/// <summary>Whether a page is well made: every element is closed where it must be, every name is escaped, nothing is fetched.</summary>
internal static partial class HtmlCheck
{
    private static readonly string[] Empty = ["meta", "img", "br"];
    private static readonly string[] Known =
    [
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "div", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img", "dl", "dt", "dd",
        "pre", "details", "summary", "strong", "br",
    ];

    /// <summary>Goes through the page tag by tag.</summary>
    public static void RequireSound(string html)
    {
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);
        var open = new Stack<string>();
        string text = html["<!DOCTYPE html>\n".Length..];
        int place = 0;
        for (int next = text.IndexOf('<', StringComparison.Ordinal); next >= 0; next = text.IndexOf('<', place))
        {
            if (open.Count == 0 || open.Peek() != "style") Assert.DoesNotContain('>', text[place..next]);
            Match tag = Tag().Match(text, next);
            Assert.True(tag.Success && tag.Index == next, text.Substring(next, Math.Min(60, text.Length - next)));
            string name = tag.Groups["name"].Value;
            Assert.Contains(name, Known);
            if (tag.Groups["end"].Length > 0) Assert.Equal(name, open.Pop());
            else if (!Empty.Contains(name)) open.Push(name);
            place = next + tag.Length;
        }

        Assert.Empty(open);
        Assert.DoesNotContain("http:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(Source().Matches(html), source => Assert.StartsWith("src=\"data:image/png;base64,", source.Value, StringComparison.Ordinal));
    }

    /// <summary>The page up to a heading.</summary>
    public static string Before(string html, string heading)
    {
        int place = html.IndexOf($"<h2>{heading}</h2>", StringComparison.Ordinal);
        Assert.True(place > 0, heading);
        return html[..place];
    }

    /// <summary>What stands between a heading and the next.</summary>
    public static string Section(string html, string heading) => html[Before(html, heading).Length..].Split("<h2>")[1];

    [GeneratedRegex("""\G<(?<end>/?)(?<name>[a-z0-9]+)(?: [a-z-]+="[^"<>]*")*>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""(?:src|href)=.{0,40}""")]
    private static partial Regex Source();
}
