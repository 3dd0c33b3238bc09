using Morula.Reports;
using SkiaSharp;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class PageTests
{
    [Fact]
    public void Every_text_is_escaped()
    {
        const string Evil = "<script>\"&'";
        string html = new Page(Evil).Section(Evil).Paragraph(Evil).Table([Evil], [[Evil]]).Definitions([new(Evil, Evil)])
            .Figure(Png(), Evil).Preformatted(Evil).Folded(Evil, Evil).Cards([new PageCard(Png(), Evil, [Evil, Evil])]).ToHtml();
        HtmlCheck.RequireSound(html);
        Assert.DoesNotContain("<script", html);
        Assert.Equal(17, html.Split("&lt;script&gt;&quot;&amp;&#39;").Length - 1);
    }

    [Fact]
    public void Elements_are_balanced_and_in_order()
    {
        string html = new Page("Report").Section("One").Paragraph("a").Section("Two").Paragraph("b").ToHtml();
        foreach (string tag in (string[])["html", "head", "body", "main", "style", "title", "h1"])
        {
            Assert.Single(html.Split($"<{tag}").Skip(1), part => part[0] is '>' or ' ');
            Assert.Single(html.Split($"</{tag}>").Skip(1));
        }

        Assert.Matches("(?s)<h2>One</h2>\n<p>a</p>\n<h2>Two</h2>\n<p>b</p>", html);
    }

    [Fact]
    public void A_figure_lies_within_the_page_and_nothing_is_fetched()
    {
        byte[] png = Png();
        string html = new Page("Report").Figure(png, "A cell").ToHtml();
        Assert.Contains($"src=\"data:image/png;base64,{Convert.ToBase64String(png)}\"", html);
        Assert.DoesNotContain("http:", html);
        Assert.DoesNotContain("https:", html);
    }

    [Fact]
    public void What_is_no_PNG_is_refused() => Assert.Throws<ArgumentException>(() => new Page("Report").Figure([1, 2, 3], "A cell"));

    [Fact]
    public void Options_are_folded_away_and_cards_have_a_title_and_lines()
    {
        string html = new Page("Report").Options("{\n}").Cards([new PageCard(Png(), "Cell 3", ["score 0.5", "7 µm³"])]).ToHtml();
        Assert.Matches("(?s)<h2>Options</h2>\n<details><summary>[^<]+</summary>\n<pre>{\n}</pre>\n</details>", html);
        Assert.Contains("<strong>Cell 3</strong><br>score 0.5<br>7 &#181;m&#179;</figcaption>", html);
    }

    [Fact]
    public void Columns_of_numbers_are_set_flush_right()
    {
        string html = new Page("Report").Table(
            ["name", "AP", "spread", "mixed", "empty"],
            [["a", "0.5", "1 ± 0.2", "1", ""], ["1b", "-1e-3", "45 %", "x", ""], ["c", "–", "NaN", "3", ""]]).ToHtml();
        Assert.Contains("<th>name</th><th class=\"number\">AP</th><th class=\"number\">spread</th><th>mixed</th><th>empty</th>", html);
        Assert.Contains("<td>1b</td><td class=\"number\">-1e-3</td>", html);
    }

    [Fact]
    public void A_row_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Page("Report").Table(["a", "b"], [["1", "2"], ["1"]]));

    [Fact]
    public void Saving_replaces_the_file_and_leaves_nothing_beside_it()
    {
        string folder = Directory.CreateTempSubdirectory("morula-page-").FullName;
        try
        {
            string path = Path.Combine(folder, "report.html");
            new Page("first").Save(path);
            new Page("second").Save(path);
            Assert.Equal(new Page("second").ToHtml(), File.ReadAllText(path));
            Assert.Single(Directory.GetFiles(folder));
            string taken = Directory.CreateDirectory(Path.Combine(folder, "folder.html")).FullName;
            Assert.ThrowsAny<Exception>(() => new Page("third").Save(taken));
            Assert.Single(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static byte[] Png()
    {
        using var bitmap = new SKBitmap(2, 2);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
