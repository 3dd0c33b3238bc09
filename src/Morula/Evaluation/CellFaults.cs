namespace Morula.Evaluation;

/// <summary>
/// The faults of a segmentation cell by cell. A found cell holds a true one if it has more than half of its voxels, and lies in a true one if
/// that has more than half of its own: merged is what holds several, split is in what several lie, missed what nobody holds, extra what
/// neither holds nor lies. A cell in two of these counts as merged before split.
/// </summary>
/// <param name="Truth">Fault of each true label that has one.</param>
/// <param name="Prediction">Fault of each found label that has one.</param>
public sealed record CellFaults(IReadOnlyDictionary<int, CellFault> Truth, IReadOnlyDictionary<int, CellFault> Prediction)
{
    /// <summary>The faults that a table of overlaps shows.</summary>
    public static CellFaults Of(Contingency table)
    {
        ILookup<int, int> held = table.Overlaps.Where(table.IsHeld).ToLookup(overlap => overlap.Predicted, overlap => overlap.Truth);
        ILookup<int, int> lying = table.Overlaps.Where(table.Lies).ToLookup(overlap => overlap.Truth, overlap => overlap.Predicted);
        var truth = new SortedDictionary<int, CellFault>();
        var found = new SortedDictionary<int, CellFault>();
        foreach (IGrouping<int, int> cell in held.Where(cell => cell.Skip(1).Any()))
        {
            found[table.PredictedLabels[cell.Key]] = CellFault.Merged;
            foreach (int row in cell) truth[table.TruthLabels[row]] = CellFault.Merged;
        }

        foreach (IGrouping<int, int> cell in lying.Where(cell => cell.Skip(1).Any()))
        {
            truth.TryAdd(table.TruthLabels[cell.Key], CellFault.Split);
            foreach (int column in cell) found.TryAdd(table.PredictedLabels[column], CellFault.Split);
        }

        var heldRows = held.SelectMany(cell => cell).ToHashSet();
        for (int row = 0; row < table.TruthCount; row++)
        {
            if (!heldRows.Contains(row)) truth.TryAdd(table.TruthLabels[row], CellFault.Missed);
        }

        var lyingColumns = lying.SelectMany(cell => cell).ToHashSet();
        for (int column = 0; column < table.PredictedCount; column++)
        {
            if (!lyingColumns.Contains(column) && !held.Contains(column)) found.TryAdd(table.PredictedLabels[column], CellFault.Extra);
        }

        return new CellFaults(truth, found);
    }
}
