using Morula.Evaluation;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Gathers what is wrong while images are compared, one after the other: the worst cells of all, and how many of each kind an image has.</summary>
/// <param name="mostPictured">Number of cells to be shown.</param>
/// <param name="mostListed">Number of cells to be listed.</param>
internal sealed class WorstCells(int mostPictured, int mostListed)
{
    private readonly List<WorstCell> pictured = [];
    private readonly List<(string Image, JudgedCell Cell)> listed = [];
    private readonly List<IReadOnlyDictionary<CellFault, int>> faults = [];

    /// <summary>The worst cells, lowest overlap first; of equal ones those of earlier images, there the larger.</summary>
    public IReadOnlyList<WorstCell> Pictured => pictured;

    /// <summary>More of them, likewise.</summary>
    public IReadOnlyList<(string Image, JudgedCell Cell)> Listed => listed;

    /// <summary>Number of all that are not as they should be.</summary>
    public int Count { get; private set; }

    /// <summary>Number of faults of each image, in the order of the images; a kind that is not there does not occur.</summary>
    public IReadOnlyList<IReadOnlyDictionary<CellFault, int>> Faults => faults;

    /// <summary>Looks at one more image.</summary>
    public void See(string name, int? frame, AlignedPair pair, Contingency table)
    {
        IReadOnlyList<JudgedCell> cells = JudgedCell.Of(table);
        Count += cells.Count;
        faults.Add(cells.Where(cell => cell.Fault is not null).GroupBy(cell => cell.Fault!.Value).ToDictionary(group => group.Key, group => group.Count()));
        Merge(listed, cells.Take(mostListed).Select(cell => (name, cell)), entry => entry.Item2.Overlap, mostListed);
        double bar = pictured.Count < mostPictured ? double.PositiveInfinity : pictured[^1].Cell.Overlap;
        JudgedCell[] wanted = [.. cells.Take(mostPictured).Where(cell => cell.Overlap < bar)];
        if (wanted.Length == 0) return;
        Dictionary<int, Block> truths = Boxes(pair.Truth, wanted.Any(cell => cell.IsTrue)), founds = Boxes(pair.Prediction, wanted.Any(cell => !cell.IsTrue));
        Merge(pictured, wanted.Select(cell => WorstCell.Cut(name, frame, cell, pair, (cell.IsTrue ? truths : founds)[cell.Label])), cell => cell.Cell.Overlap, mostPictured);
    }

    private static Dictionary<int, Block> Boxes(LabelVolume labels, bool isNeeded) => isNeeded ? labels.Cells().ToDictionary(cell => cell.Label, cell => cell.Box) : [];

    // Sorting is stable: what came earlier stays before what is as bad.
    private static void Merge<TItem>(List<TItem> all, IEnumerable<TItem> more, Func<TItem, double> overlap, int most)
    {
        TItem[] sorted = [.. all.Concat(more).OrderBy(overlap).Take(most)];
        all.Clear();
        all.AddRange(sorted);
    }
}
