namespace Morula.Evaluation;

/// <summary>A cell of one image that is not as it should be.</summary>
/// <param name="IsTrue">Whether it is a true cell; else a found one.</param>
/// <param name="Label">Its label.</param>
/// <param name="Fault">What is wrong; null where it is found as one cell whose outline is off.</param>
/// <param name="Overlap">Largest overlap (IoU) with any cell of the other side, 0 where it meets none.</param>
/// <param name="Voxels">Its size.</param>
/// <param name="Partners">Labels of the other side: the pieces of a split cell, the cells in a merged one, else the one with the largest overlap; ascending.</param>
public sealed record JudgedCell(bool IsTrue, int Label, CellFault? Fault, double Overlap, long Voxels, IReadOnlyList<int> Partners)
{
    /// <summary>Overlap below which a cell that is found as one has an outline that is off.</summary>
    public const double LeastOverlap = 0.75;

    /// <summary>
    /// The cells of an image that are not as they should be, each fault once: true cells that are missed, split or badly outlined, found ones
    /// that are extra or merged. Those with the lowest overlap come first, of equal ones the larger.
    /// </summary>
    /// <param name="table">Shared voxels.</param>
    public static IReadOnlyList<JudgedCell> Of(Contingency table)
    {
        CellFaults faults = CellFaults.Of(table);
        return [.. OfTruth(table, faults).Concat(OfFound(table, faults)).OrderBy(cell => cell.Overlap).ThenByDescending(cell => cell.Voxels)];
    }

    private static IEnumerable<JudgedCell> OfTruth(Contingency table, CellFaults faults)
    {
        ILookup<int, LabelOverlap> all = table.Overlaps.ToLookup(overlap => overlap.Truth);
        for (int row = 0; row < table.TruthCount; row++)
        {
            CellFault? fault = faults.Truth.TryGetValue(table.TruthLabels[row], out CellFault one) ? one : null;
            LabelOverlap[] overlaps = [.. all[row]];
            double best = Best(overlaps);

            // For merged ones stands the found cell that holds them.
            if (fault == CellFault.Merged || (fault is null && best >= LeastOverlap)) continue;
            IEnumerable<LabelOverlap> partners = fault == CellFault.Split ? overlaps.Where(table.Lies) : Largest(overlaps);
            yield return new JudgedCell(true, table.TruthLabels[row], fault, best, table.TruthSizes[row], [.. partners.Select(overlap => table.PredictedLabels[overlap.Predicted]).Order()]);
        }
    }

    private static IEnumerable<JudgedCell> OfFound(Contingency table, CellFaults faults)
    {
        ILookup<int, LabelOverlap> all = table.Overlaps.ToLookup(overlap => overlap.Predicted);
        for (int column = 0; column < table.PredictedCount; column++)
        {
            // For pieces stands the true cell that they lie in.
            if (!faults.Prediction.TryGetValue(table.PredictedLabels[column], out CellFault fault) || fault == CellFault.Split) continue;
            LabelOverlap[] overlaps = [.. all[column]];
            IEnumerable<LabelOverlap> partners = fault == CellFault.Merged ? overlaps.Where(table.IsHeld) : Largest(overlaps);
            yield return new JudgedCell(false, table.PredictedLabels[column], fault, Best(overlaps), table.PredictedSizes[column], [.. partners.Select(overlap => table.TruthLabels[overlap.Truth]).Order()]);
        }
    }

    private static double Best(LabelOverlap[] overlaps) => overlaps.Length == 0 ? 0 : overlaps.Max(overlap => overlap.Iou);

    private static IEnumerable<LabelOverlap> Largest(LabelOverlap[] overlaps) => overlaps.OrderByDescending(overlap => overlap.Iou).Take(1);
}
