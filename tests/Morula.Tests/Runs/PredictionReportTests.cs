using Morula.Formats;
using Morula.Inference;
using Morula.Linking;
using Morula.Model;
using Morula.Reports;
using Morula.Runs;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Morula.Tests.Reports;
using Morula.Volumes;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Runs;

public sealed class PredictionReportTests : IDisposable
{
    private const string Evil = "a<b>&\"'";
    private static readonly RunCost Cost = new(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(192), 512L << 20);
    private readonly TemporaryFolder folder = new();
    private readonly int threadsBefore = get_num_threads();

    [Fact]
    public void A_page_tells_what_was_found_and_how()
    {
        using PredictionRun run = Network();
        string html = Page(run, Results(Evil, 5, 0.5));
        HtmlCheck.RequireSound(html);
        Assert.Contains("5 cells in 1 image", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Evil, html, StringComparison.Ordinal);
        Assert.Contains("<h2>a&lt;b&gt;&amp;&quot;&#39;</h2>", html, StringComparison.Ordinal);
        Assert.Contains("the median cell has 8.0 &#181;m&#179;", html, StringComparison.Ordinal);
        string made = HtmlCheck.Section(html, "How this was made");
        Assert.All(["rank3 (rank 3, preset", "3 min 12 s", "512 MiB at most", "Morula 0.", "1970-01-01", "<dt>seed</dt><dd>1"], text => Assert.Contains(text, made, StringComparison.Ordinal));
        Assert.Contains("&quot;ScoreThreshold&quot;: 0.01", HtmlCheck.Section(html, "Options"), StringComparison.Ordinal);
        Assert.Equal(5 + 2, html.Split("<img ").Length - 1);
    }

    [Fact]
    public void The_cells_to_look_at_are_those_with_the_lowest_scores_of_all_images()
    {
        using PredictionRun run = Network();
        var random = new Random(5);
        string[] images = [.. Enumerable.Range(0, 14).Select(index => Results($"image{index:00}", 1 + (index % 5), 1, random))];
        string html = Page(run, images);
        HtmlCheck.RequireSound(html);
        var slow = images.SelectMany((path, index) => ListedCell.Read(PredictionFiles.Of(folder["out"], path).Cells).Select(cell => (Index: index, Cell: cell)))
            .OrderBy(entry => entry.Cell.Score).Take(12).Select(entry => $"<strong>Cell {entry.Cell.Label}, image{entry.Index:00}</strong><br>score {entry.Cell.Score:0.000}, ");
        string section = HtmlCheck.Section(html, "Cells to look at first");
        int place = 0;
        foreach (string card in slow)
        {
            place = section.IndexOf(card, place, StringComparison.Ordinal);
            Assert.True(place >= 0, card);
        }

        Assert.Equal(12, section.Split("<strong>").Length - 1);
        Assert.Contains("<h2>image11</h2>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>image12</h2>", html, StringComparison.Ordinal);
        Assert.Contains("2 more images left out", html, StringComparison.Ordinal);
        Assert.Contains("<td>image13</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_overlaps_are_foretold_the_lowest_of_them_come_first()
    {
        using PredictionRun run = Network();
        string image = Results("one", 3, 1);
        string table = PredictionFiles.Of(folder["out"], image).Cells;
        string[] lines = File.ReadAllLines(table), overlaps = ["predicted_iou", "0.8", "0.3", "0.9"];
        File.WriteAllLines(table, lines.Select((line, index) => $"{line},{overlaps[index]}"));
        string html = Page(run, image);
        string section = HtmlCheck.Section(html, "Cells to look at first");
        Assert.Equal(["Cell 2", "Cell 1", "Cell 3"], section.Split("<strong>").Skip(1).Select(card => card.Split("</strong>")[0]));
        Assert.Contains("<strong>Cell 2</strong><br>foretold overlap 0.300<br>score 0.800, 8.0 ", section, StringComparison.Ordinal);
        Assert.Contains("<th class=\"number\">lowest foretold overlap</th>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_without_a_cell_and_one_that_cannot_be_read_are_told_of()
    {
        using PredictionRun run = Network();
        string[] images = [Results("empty", 0, 1), Results("gone", 3, 1)];
        File.WriteAllText(folder["out/gone.tif"], "no volume");
        string html = Page(run, images);
        HtmlCheck.RequireSound(html);
        Assert.Contains("No cell was found.", HtmlCheck.Section(html, "empty"), StringComparison.Ordinal);
        Assert.Contains("gone is not on this page: ", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_a_warning()
    {
        using PredictionRun run = Network();
        string[] images = [Results("one", 2, 1)];
        Directory.CreateDirectory(folder["out/report.html"]);
        Assert.Contains("report.html: the page could not be written (", PredictionReport.TryWrite(run, images, folder["out"], Cost), StringComparison.Ordinal);
        Directory.Delete(folder["out/report.html"]);
        Assert.Null(PredictionReport.TryWrite(run, images, folder["out"], Cost));
        Assert.DoesNotContain(Directory.GetFiles(folder["out"]), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_streamed_prediction_leaves_the_same_page_as_the_same_cells_written_in_one_piece()
    {
        EmbryoOptions embryo = EmbryoOptions.Easy with { Extent = [40, 48, 48], SpacingMicrometres = [1, 1, 1], CellCount = 6 };
        SyntheticDataSet.WriteEmbryos(folder["data"], embryo, 1, 3, cancellation: TestContext.Current.CancellationToken);
        string image = VolumeFile.InFolder(folder["data/raw"])[0];
        using PredictionRun blocks = Network("Inference.Tile=[32,32,32]", "Inference.Halo=[8,8,8]", "Inference.BlockVoxels=32768"), whole = Network();
        Assert.Null(blocks.Predict(image, folder["out"], cancellation: TestContext.Current.CancellationToken).Whole);
        string streamed = Page(blocks, image);
        PredictionFiles files = PredictionFiles.Of(folder["out"], image);
        LabelVolume labels = VolumeFile.ReadLabels(files.Labels);
        Assert.NotEmpty(labels.Cells());
        Assert.Contains($"{labels.Cells().Count} cells in 1 image", streamed, StringComparison.Ordinal);
        VolumeFile.Write(files.Labels, labels);
        Assert.Equal(HtmlCheck.Before(streamed, "Options"), HtmlCheck.Before(Page(whole, image), "Options"));
    }

    [Fact]
    public void A_movie_has_its_counts_tracks_and_divisions_on_the_page()
    {
        EmbryoOptions embryo = EmbryoOptions.Easy with { Extent = [16, 20, 20], SpacingMicrometres = [1, 1, 1], CellCount = 4 };
        SyntheticDataSet.WriteMovie(folder["movie"], new EmbryoMovieOptions { Embryo = embryo, Frames = 5, DivisionRate = 0.1 }, 3, cancellation: TestContext.Current.CancellationToken);
        FrameSequence movie = FrameSequence.Open(folder["movie/raw"]);
        using PredictionRun run = Network();
        MovieOutcome outcome = new MovieRun(run, new ExactLinkSolver()).Predict(movie, folder["out"], cancellation: TestContext.Current.CancellationToken);
        Assert.Null(PredictionReport.TryWrite(run, movie, folder["out"], Cost));
        string html = File.ReadAllText(PredictionReport.In(folder["out"]));
        HtmlCheck.RequireSound(html);
        Assert.Contains($"{outcome.Cells:#,0} cells in 5 frames, {outcome.Lineage.Tracks.Count} track", html, StringComparison.Ordinal);
        int[] counts = [.. Enumerable.Range(0, 5).Select(frame => VolumeFile.ReadLabels(folder[$"out/labels/t{frame:000}.tif"]).Cells().Count)];
        Assert.Contains($"{counts[0]} in the first, {counts[^1]} in the last", HtmlCheck.Section(html, "Cells over time"), StringComparison.Ordinal);
        string divisions = HtmlCheck.Section(html, "Divisions");
        if (!outcome.Lineage.Divisions.Any()) Assert.Contains("No division was found.", divisions, StringComparison.Ordinal);
        foreach (var mother in outcome.Lineage.Divisions) Assert.Contains($"<td class=\"number\">{mother.Id}</td>", divisions, StringComparison.Ordinal);
        string tracks = HtmlCheck.Section(html, "Tracks");
        foreach (var track in outcome.Lineage.Tracks.Where(track => track.ParentId == 0 && track.FirstFrame > 0).Take(10)) Assert.Contains($"<td class=\"number\">{track.Id}</td>", tracks, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        set_num_threads(threadsBefore);
        folder.Dispose();
    }

    private string Page(PredictionRun run, params string[] images)
    {
        Assert.Null(PredictionReport.TryWrite(run, images, folder["out"], Cost));
        return File.ReadAllText(PredictionReport.In(folder["out"]));
    }

    // Cells of 2 x 2 x 2 voxels of 1 µm in a row.
    private string Results(string name, int cells, double spacing, Random? random = null)
    {
        var labels = new LabelVolume(new Extent(8, 8, 24), new Spacing(spacing, 1, 1 / spacing));
        for (int cell = 0; cell < cells; cell++)
        {
            foreach (int step in Enumerable.Range(0, 8)) labels.Voxels[((3 + (step / 4)) * 192) + ((3 + (step / 2 % 2)) * 24) + (4 * cell) + 1 + (step % 2)] = cell + 1;
        }

        string path = folder[$"raw/{name}.tif"];
        VolumeFile.Write(path, new Volume(labels.Extent, labels.Spacing, [.. labels.Voxels.Select((label, index) => (index % 7) + (label > 0 ? 10f : 0))]));
        PredictionFiles files = PredictionFiles.Of(folder["out"], path);
        VolumeFile.Write(files.Labels, labels);
        float[] scores = [.. Enumerable.Range(0, cells).Select(cell => random is null ? 0.9f - (0.1f * cell) : (float)random.NextDouble())];
        CellTableFile.Save(CellTable.Measure(labels, Detections.None(labels.Extent) with { Scores = scores, Classes = new int[cells] }), files.Cells);
        return path;
    }

    private PredictionRun Network(params string[] more) => new(
        TinyCheckpoint.In(folder), ["Model.Regions.ScoreThreshold=0.01", "Inference.Refinement.Enabled=false", "Inference.MaskThreshold=0.01", "Inference.Threads=1", "Training.Seed=1", .. more]);
}
