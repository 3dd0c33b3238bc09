using Morula.Formats;
using Morula.Reports;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>The cells of all images that are told of of which the network was least sure: those a reader should look at first.</summary>
/// <param name="most">Number of them.</param>
internal sealed class CellsToLookAt(int most)
{
    private readonly List<(ReportedImage Image, ListedCell Cell)> lowest = [];

    /// <summary>The cells so far, those that it was least sure of first; of equal ones those of earlier images, then of lower labels.</summary>
    public IReadOnlyList<(ReportedImage Image, ListedCell Cell)> Lowest => lowest;

    /// <summary>Takes the cells of one more image into account.</summary>
    public void Add(ReportedImage image, IEnumerable<ListedCell> cells)
    {
        var all = lowest.Concat(cells.OrderBy(cell => cell.Certainty).ThenBy(cell => cell.Label).Take(most).Select(cell => (Image: image, Cell: cell)))
            .OrderBy(entry => entry.Cell.Certainty).Take(most).ToList();
        lowest.Clear();
        lowest.AddRange(all);
    }

    /// <summary>A picture of each, with what is known of it.</summary>
    /// <param name="namesImages">Whether to say which image a cell is of.</param>
    public IReadOnlyList<PageCard> Cards(bool namesImages)
    {
        var cards = new Dictionary<(ReportedImage, int), PageCard>();
        foreach (var group in lowest.GroupBy(entry => entry.Image))
        {
            using PlaneSource source = group.Key.Open();
            if (!source.IsQuick) continue;
            foreach (var (image, cell) in group) cards[(image, cell.Label)] = Card(source, image, cell, namesImages);
        }

        return [.. lowest.Where(entry => cards.ContainsKey((entry.Image, entry.Cell.Label))).Select(entry => cards[(entry.Image, entry.Cell.Label)])];
    }

    private static PageCard Card(PlaneSource source, ReportedImage image, ListedCell cell, bool namesImages)
    {
        VolumeSource labels = source.Labels;
        Block window = CellWindow.Of(cell.Label, cell.Box, cell.Middle(labels.Spacing), labels.Extent, labels.Spacing, labels.ReadLabels);
        var outline = new Outline(PlaneCut.Front.From(labels.ReadLabels(window)), Outline.Found, new HashSet<int> { cell.Label });
        string place = string.Join(", ", cell.Centre.Select((length, axis) => $"{(Axis)(axis + 4 - cell.Centre.Length)} {ReportNumber.Of(length)}"));
        return new PageCard(CellPicture.Draw(source.Image(window), [outline]), $"Cell {cell.Label}{(namesImages ? $", {image.Name}" : string.Empty)}",
        [
            .. cell.PredictedOverlap is { } overlap ? [$"foretold overlap {ReportNumber.Score(overlap)}"] : Array.Empty<string>(),
            $"score {ReportNumber.Score(cell.Score)}, {ReportNumber.Of(cell.Volume)} {image.VolumeUnit}",
            $"at {place} {image.Unit}",
        ]);
    }
}
