using Morula.Evaluation;

namespace Morula.Runs;

/// <summary>Faults in plain words.</summary>
internal static class FaultWords
{
    private const int MostPartners = 6;

    /// <summary>The faults that are counted, in the order of columns.</summary>
    public static IReadOnlyList<CellFault> All { get; } = [CellFault.Missed, CellFault.Extra, CellFault.Split, CellFault.Merged];

    /// <summary>What is wrong with a cell, in a word or two.</summary>
    public static string Of(JudgedCell cell) => cell.Fault?.ToString() ?? "Outline off";

    /// <summary>The labels on both sides.</summary>
    public static string Labels(JudgedCell cell)
    {
        string own = cell.IsTrue ? $"true cell {cell.Label}" : $"found cell {cell.Label}";
        if (cell.Partners.Count == 0) return $"{own}, meets nothing";
        string several = cell.Partners.Count > MostPartners ? $" and {cell.Partners.Count - MostPartners} more" : string.Empty;
        string others = string.Join(", ", cell.Partners.Take(MostPartners)) + several;
        return cell.Fault switch
        {
            CellFault.Split => $"{own}, in pieces {others}",
            CellFault.Merged => $"{own}, holds the true cells {others}",
            _ => cell.IsTrue ? $"{own}, nearest found cell {others}" : $"{own}, nearest true cell {others}",
        };
    }

    /// <summary>What the words mean.</summary>
    public const string Meaning =
        "A found cell holds a true one if it has more than half of its voxels, and lies in a true one if that has more than half of its own. Missed: a true cell that nobody holds. "
        + "Extra: a found cell that neither holds nor lies in a true one. Split: a true cell in which several found ones lie. Merged: a found cell that holds several true ones. "
        + "Outline off: found as one cell, but with an overlap below 0.75. Overlap is the largest with any cell of the other side: voxels in both over voxels in either.";
}
