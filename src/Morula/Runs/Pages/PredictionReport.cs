using Morula.Formats;
using Morula.Inference;
using Morula.Measuring;
using Morula.Reports;

namespace Morula.Runs;

/// <summary>The page that a prediction leaves, made from the files that it wrote, however many processes wrote them.</summary>
public static class PredictionReport
{
    /// <summary>Its name in the folder of the results.</summary>
    public const string FileName = "report.html";

    private const int MostImages = 12;
    private const int MostRows = 200;
    private const int MostCells = 12;
    private const long SmallVoxels = 4_194_304;

    /// <summary>The page in a folder of results.</summary>
    public static string In(string folder) => Path.Combine(folder, FileName);

    /// <summary>Writes report.html for images whose results are there.</summary>
    /// <param name="run">The network.</param>
    /// <param name="images">The image files.</param>
    /// <param name="folder">Of the results.</param>
    /// <param name="cost">What the prediction has taken.</param>
    /// <returns>A line that says why there is no page; null where there is one.</returns>
    public static string? TryWrite(PredictionRun run, IReadOnlyList<string> images, string folder, RunCost cost)
    {
        string path = In(folder);
        ProcessMemory.Collect();
        return PageAttempt.Make(path, () => Of(run, images, folder, cost).Save(path));
    }

    /// <summary>Writes report.html for a movie whose results are there.</summary>
    /// <param name="run">The network.</param>
    /// <param name="movie">The frames.</param>
    /// <param name="folder">Of the results.</param>
    /// <param name="cost">What the prediction has taken.</param>
    /// <returns>A line that says why there is no page; null where there is one.</returns>
    public static string? TryWrite(PredictionRun run, FrameSequence movie, string folder, RunCost cost)
    {
        string path = In(folder);
        ProcessMemory.Collect();
        return PageAttempt.Make(path, () => MovieReport.Of(run, movie, folder, cost).Save(path));
    }

    internal static Page Of(PredictionRun run, IReadOnlyList<string> images, string folder, RunCost cost)
    {
        var page = new Page("Morula: cells found");
        var looks = new CellsToLookAt(MostCells);
        var rows = new List<IReadOnlyList<string>>();
        var shown = new List<ImageFindings>();
        var problems = new List<string>();
        long cells = 0;
        foreach (string path in images)
        {
            var image = new ReportedImage(VolumeName.Of(path), path, null, PredictionFiles.Of(folder, path), run.Options.Model.Rank);
            if (Read(image, problems) is not { } found) continue;
            cells += found.Cells.Count;
            looks.Add(image, found.Cells);
            if (rows.Count < MostRows) rows.Add(found.Row());
            if (shown.Count < MostImages) shown.Add(found);
        }

        page.Paragraph($"{ReportNumber.Count(cells, "cell")} in {ReportNumber.Count(images.Count, "image")}, found by the network {run.NetworkName}.");
        foreach (string problem in problems) page.Paragraph(problem);
        AddTable(page, rows);
        if (images.Count - problems.Count > rows.Count) page.Paragraph($"The table holds the first {rows.Count} images; {images.Count - problems.Count - rows.Count} more are left out.");
        AddLooks(page, looks, images.Count > 1);
        AddImages(page, shown, images.Count - problems.Count);
        PredictionFacts.AddTo(page, run, cost);
        return page;
    }

    /// <summary>The cells of which the network was least sure as a section.</summary>
    internal static void AddLooks(Page page, CellsToLookAt looks, bool namesImages)
    {
        if (looks.Lowest.Count == 0) return;
        page.Section("Cells to look at first").Paragraph($"The {ReportNumber.Count(looks.Lowest.Count, "cell")} of which the network was least sure{(looks.Lowest.Any(entry => entry.Cell.PredictedOverlap is not null) ? " (it foretells how far a cell overlaps its true one)" : string.Empty)}, each in a plane through it: the cell with a strong outline, its neighbours with faint ones.");
        IReadOnlyList<PageCard> cards = looks.Cards(namesImages);
        page.Cards(cards);
        if (cards.Count < looks.Lowest.Count) page.Paragraph($"{looks.Lowest.Count - cards.Count} of them have no picture: their image is packed in one piece and too large to be read for it.");
    }

    // The last column, of what not every network foretells, is left out where it is empty.
    private static void AddTable(Page page, List<IReadOnlyList<string>> rows)
    {
        int columns = ImageFindings.Header.Count - (rows.All(row => row[^1].Length == 0) ? 1 : 0);
        page.Table([.. ImageFindings.Header.Take(columns)], [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Take(columns)])]);
    }

    // Fewer pixels each where there are many, so that the page stays small.
    private static void AddImages(Page page, List<ImageFindings> shown, int all)
    {
        int width = shown.Count <= 2 ? 1200 : shown.Count <= 4 ? 960 : 720;
        // Images that may be held whole to be cut: several at once only where they are small.
        int threads = shown.TrueForAll(image => image.Voxels <= SmallVoxels) ? Environment.ProcessorCount : 1;
        var pictures = shown.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).Select(image => (Image: image, Planes: image.Planes(width), Scores: image.Scores()));
        foreach (var (image, planes, scores) in pictures.ToList()) image.AddTo(page, planes, scores);
        if (all > shown.Count) page.Section("More images").Paragraph($"Pictures of the first {shown.Count} images are shown; {ReportNumber.Count(all - shown.Count, "more image")} left out.");
    }

    private static ImageFindings? Read(ReportedImage image, List<string> problems)
    {
        try
        {
            using (image.Open()) return ImageFindings.Read(image);
        }
        catch (VolumeFormatException fault)
        {
            problems.Add($"{image.Name} is not on this page: {fault.Message}");
            return null;
        }
    }
}
