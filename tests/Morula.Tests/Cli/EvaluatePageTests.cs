using System.Text.Json;
using Morula.Cli;
using Morula.Formats;
using Morula.Tests.Evaluation;
using Morula.Tests.Formats;
using Morula.Tests.Reports;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class EvaluatePageTests : IDisposable
{
    private const string Evil = "a<b>&'";
    private readonly TemporaryFolder temporary = new();

    public EvaluatePageTests()
    {
        Write("truth", Evil, "11112222..33");
        Write("found", Evil, "55556667..88");
        Write("truth", "plain", "1111....2222");
        Write("found", "plain", "......777...");
        foreach (string name in (string[])[Evil, "plain"]) Write("raw", name, "123456789123", finer: 2);
    }

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_page_has_scores_curve_images_and_the_worst_cells()
    {
        string page = temporary["page.html"];
        var (code, _, error) = Evaluate("--report", page, "--images", temporary["raw"]);
        Assert.True(code == 0, error);
        Assert.Contains($"report: {page}", error, StringComparison.Ordinal);
        string html = File.ReadAllText(page);
        HtmlCheck.RequireSound(html);
        Assert.DoesNotContain(Evil, html, StringComparison.Ordinal);
        Assert.Contains("5 true cells and 5 found cells in 2 images.", html, StringComparison.Ordinal);
        Assert.Contains("Faults: 2 missed, 1 extra, 1 split, 0 merged.", html, StringComparison.Ordinal);
        Assert.Contains("data:image/png", HtmlCheck.Section(html, "Accuracy by overlap"), StringComparison.Ordinal);
        Assert.Contains("<td>a&lt;b&gt;&amp;&#39;</td>", HtmlCheck.Section(html, "Each image"), StringComparison.Ordinal);
        string worst = HtmlCheck.Section(html, "Cells to look at first");
        Assert.Equal(["Missed, plain", "Missed, plain", "Extra, plain", "Split, a&lt;b&gt;&amp;&#39;"], worst.Split("<strong>").Skip(1).Select(card => card.Split("</strong>")[0]));
        Assert.Contains("true cell 2, in pieces 6, 7", worst, StringComparison.Ordinal);
        Assert.DoesNotContain("plain ground", worst, StringComparison.Ordinal);
        Assert.Contains("&quot;ContactGap&quot;: 1", HtmlCheck.Section(html, "Options"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_images_outlines_stand_alone_and_where_one_lacks_it_is_told()
    {
        Assert.Equal(0, Evaluate("--report", temporary["plain.html"]).Code);
        File.Delete(temporary["raw/plain.tif"]);
        Assert.Equal(0, Evaluate("--report", temporary["lacking.html"], "--images", temporary["raw"]).Code);
        Assert.DoesNotContain("Note:", HtmlCheck.Section(File.ReadAllText(temporary["plain.html"]), "Cells to look at first"), StringComparison.Ordinal);
        Assert.Contains("there is no image plain; its cells have a plain ground", HtmlCheck.Section(File.ReadAllText(temporary["lacking.html"]), "Cells to look at first"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_lies_beside_the_file_of_scores_and_changes_no_score()
    {
        var (code, with, error) = Evaluate("--json", temporary["scores.json"], "-q");
        Assert.True(code == 0, error);
        HtmlCheck.RequireSound(File.ReadAllText(temporary["scores.html"]));
        Assert.Equal(Evaluate("-q").Output, with);
        var (_, line, _) = Evaluate("--json", temporary["scores.json"], "--report", temporary["other.html"], "--format", "json");
        using var result = JsonDocument.Parse(line.Split('\n').First(one => one.Contains("\"event\":\"result\"", StringComparison.Ordinal)));
        Assert.Equal(temporary["other.html"], result.RootElement.GetProperty("report").GetString());
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_a_warning_behind_the_scores()
    {
        Directory.CreateDirectory(temporary["taken.html"]);
        var (code, output, error) = Evaluate("--report", temporary["taken.html"], "--json", temporary["scores.json"], "-q");
        Assert.Equal(0, code);
        Assert.Contains("SEG", output, StringComparison.Ordinal);
        Assert.True(File.Exists(temporary["scores.json"]));
        Assert.StartsWith("morula: warning: ", error, StringComparison.Ordinal);
        Assert.Contains("the page could not be written (", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--images is for the page", "--images", "raw")]
    [InlineData("there is no such image", "--images", "nothing", "--report", "page.html")]
    public void What_makes_no_sense_is_refused(string expected, params string[] more)
    {
        var (code, _, error) = Evaluate(more);
        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(File.Exists("page.html"));
    }

    [Fact]
    public void Tracks_have_their_scores_and_their_errors_by_frame()
    {
        string[] rows = ["1111.44", "1111.44", "2233.44", "2233.44"];
        ToyMovie.Draw(rows, (2, 1), (3, 1)).WriteTo(temporary["true movie"]);
        ToyMovie.Draw(["1111.44", "1111...", "2233.44", "2244.33"], (2, 1), (3, 1)).WriteTo(temporary["found movie"]);
        string page = temporary["tracks.html"];
        var (code, _, error) = TrainedFolder.Command(["evaluate", "--truth", temporary["true movie"], "--prediction", temporary["found movie"], "--tracks", "--report", page, "--images", temporary["true movie/labels"]]);
        Assert.True(code == 0, error);
        string html = File.ReadAllText(page);
        HtmlCheck.RequireSound(html);
        Assert.Contains("<td>TRA</td>", HtmlCheck.Section(html, "Tracks"), StringComparison.Ordinal);
        string frames = HtmlCheck.Section(html, "Errors by frame");
        Assert.Contains(Row("1", "1", "", "", "", "1", "", ""), frames, StringComparison.Ordinal);
        Assert.Contains(Row("2", "", "", "", "", "1", "1", ""), frames, StringComparison.Ordinal);
        Assert.Contains(Row("3", "", "", "", "", "2", "2", ""), frames, StringComparison.Ordinal);
        Assert.Contains("missing: within a track", HtmlCheck.Section(html, "Links that are wrong"), StringComparison.Ordinal);
        Assert.Contains("<strong>Missed, t001</strong>", HtmlCheck.Section(html, "Cells to look at first"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_part_of_a_movie_only_its_images_must_be_there()
    {
        ToyMovie.Draw(["11.22", "11.22", "11..."]).WriteTo(temporary["movie"]);
        ToyMovie.Draw(["11.22", "11...", "11..."]).WriteTo(temporary["other"]);
        Directory.CreateDirectory(temporary["images"]);
        foreach (int frame in (int[])[0, 1, 7]) File.Copy(temporary["movie/labels/t000.tif"], temporary[$"images/t{frame:000}.tif"]);
        var (code, _, error) = TrainedFolder.Command(
            ["evaluate", "--truth", temporary["movie"], "--prediction", temporary["other"], "--tracks", "--frames", "0..1", "--report", temporary["part.html"], "--images", temporary["images"]]);
        Assert.True(code == 0, error);
        string worst = HtmlCheck.Section(File.ReadAllText(temporary["part.html"]), "Cells to look at first");
        Assert.Contains("<strong>Missed, t001</strong>", worst, StringComparison.Ordinal);
        Assert.DoesNotContain("Note:", worst, StringComparison.Ordinal);
    }

    // A column without a number is not set flush right.
    private static string Row(params string[] cells)
    {
        bool[] isNumeric = [true, true, false, false, false, true, true, false];
        return $"<tr>{string.Concat(cells.Zip(isNumeric, (cell, numeric) => $"<td{(numeric ? " class=\"number\"" : string.Empty)}>{cell}</td>"))}</tr>";
    }

    private (int Code, string Output, string Error) Evaluate(params string[] more) =>
        TrainedFolder.Command(["evaluate", "--truth", temporary["truth"], "--prediction", temporary["found"], .. more]);

    private void Write(string kind, string name, string row, int finer = 1)
    {
        var extent = new Extent(4 * finer, row.Length * finer);
        int[] voxels = [.. Enumerable.Range(0, (int)extent.Count).Select(index => row[index % extent[1] / finer] is '.' ? 0 : row[index % extent[1] / finer] - '0')];
        VolumeFile.Write(temporary[$"{kind}/{name}.tif"], new LabelVolume(extent, new Spacing(2.0 / finer, 2.0 / finer), voxels));
    }
}
