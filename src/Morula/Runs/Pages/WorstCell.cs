using Morula.Evaluation;
using Morula.Reports;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>A cell that is not as it should be, with what a picture of it needs.</summary>
/// <param name="Image">Name of its image or frame.</param>
/// <param name="Frame">Number of its frame; null of an image.</param>
/// <param name="Cell">What is wrong with it.</param>
/// <param name="Window">What the picture shows, on the grid of the truth.</param>
/// <param name="Grid">Sizes of the truth.</param>
/// <param name="Spacing">Of the truth.</param>
/// <param name="Truth">True labels in the window, rank 2.</param>
/// <param name="Found">Found labels in the window, rank 2.</param>
internal sealed record WorstCell(string Image, int? Frame, JudgedCell Cell, Block Window, Extent Grid, Spacing Spacing, LabelVolume Truth, LabelVolume Found)
{
    private const int TruthWidth = 6;
    private const int FoundWidth = 3;

    /// <summary>Cuts what the picture of a cell needs.</summary>
    public static WorstCell Cut(string image, int? frame, JudgedCell cell, AlignedPair pair, Block box)
    {
        LabelVolume own = cell.IsTrue ? pair.Truth : pair.Prediction;
        int[] middle = [.. box.Lower.ToArray().Zip(box.Upper.ToArray(), (lower, upper) => (lower + upper) / 2)];
        Block window = CellWindow.Of(cell.Label, box, middle, own.Extent, pair.Truth.Spacing, own.Crop);
        return new WorstCell(image, frame, cell, window, pair.Truth.Extent, pair.Truth.Spacing, Plane(pair.Truth.Crop(window)), Plane(pair.Prediction.Crop(window)));
    }

    /// <summary>The picture: what is true in blue, what was found in orange.</summary>
    /// <param name="image">The image in the window; null for a plain ground.</param>
    public PageCard Card(Volume? image)
    {
        IReadOnlySet<int> own = new HashSet<int> { Cell.Label };
        IReadOnlySet<int> others = new HashSet<int>(Cell.Fault is null or CellFault.Split or CellFault.Merged ? Cell.Partners : []);
        var truth = new Outline(Truth, Outline.Truth, Cell.IsTrue ? own : others) { Width = TruthWidth };
        var found = new Outline(Found, Outline.Found, Cell.IsTrue ? others : own) { Width = FoundWidth };
        return new PageCard(CellPicture.Draw(image, [truth, found]), $"{FaultWords.Of(Cell)}, {Image}", [FaultWords.Labels(Cell), $"overlap {ReportNumber.Score(Cell.Overlap)}"]);
    }

    private static LabelVolume Plane(LabelVolume window) => PlaneCut.Front.From(window);
}
