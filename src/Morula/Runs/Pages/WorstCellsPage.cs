using Morula.Formats;
using Morula.Reports;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>The worst cells on a page.</summary>
internal static class WorstCellsPage
{
    /// <summary>Adds pictures and a list.</summary>
    /// <param name="page">Receives them.</param>
    /// <param name="worst">The cells.</param>
    /// <param name="images">What the pictures show behind the outlines; null: nothing.</param>
    public static void Add(Page page, WorstCells worst, EvaluationImages? images)
    {
        page.Section("Cells to look at first");
        if (worst.Count == 0)
        {
            page.Paragraph("Every cell is found as one, with an overlap of 0.75 or more.");
            return;
        }

        page.Paragraph($"The {ReportNumber.Count(worst.Pictured.Count, "cell")} with the lowest overlap, each in a plane through it. What is true is outlined in blue, what was found in orange; the cells that the picture is about have strong outlines.");
        var problems = new SortedSet<string>(StringComparer.Ordinal);
        page.Cards([.. worst.Pictured.Select(cell => cell.Card(Image(cell, images, problems)))]);
        foreach (string problem in problems) page.Paragraph($"Note: {problem}");
        page.Table(["image", "what", "cells", "overlap", "voxels"], [.. worst.Listed.Select(entry => (IReadOnlyList<string>)
            [entry.Image, FaultWords.Of(entry.Cell), FaultWords.Labels(entry.Cell), ReportNumber.Score(entry.Cell.Overlap), ReportNumber.Count(entry.Cell.Voxels)])]);
        if (worst.Count > worst.Listed.Count) page.Paragraph($"{ReportNumber.Count(worst.Count - worst.Listed.Count, "more cell")} left out.");
        page.Paragraph(FaultWords.Meaning);
    }

    private static Volume? Image(WorstCell cell, EvaluationImages? images, SortedSet<string> problems)
    {
        try
        {
            Volume? plane = images?.Plane(cell);
            if (images is not null && plane is null) problems.Add($"there is no image {cell.Image}; its cells have a plain ground.");
            return plane;
        }
        catch (VolumeFormatException fault)
        {
            problems.Add(fault.Message);
            return null;
        }
    }
}
