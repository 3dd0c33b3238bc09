namespace Morula.Evaluation;

/// <summary>Predicted cells, in a given order, each take the free truth cell they overlap most.</summary>
internal static class GreedyMatching
{
    /// <summary>What each predicted cell took, by its index; null for nothing. Of equal overlaps the last truth cell wins, as in COCO.</summary>
    public static LabelOverlap?[] Take(
        Contingency table, IEnumerable<int> order, double threshold, ILookup<int, LabelOverlap> candidates)
    {
        var taken = new LabelOverlap?[table.PredictedCount];
        var used = new bool[table.TruthCount];
        foreach (int cell in order)
        {
            LabelOverlap? best = null;
            foreach (LabelOverlap candidate in candidates[cell])
            {
                if (candidate.Iou >= threshold && !used[candidate.Truth] && candidate.Iou >= (best?.Iou ?? 0)) best = candidate;
            }

            taken[cell] = best;
            if (best is { } overlap) used[overlap.Truth] = true;
        }

        return taken;
    }
}
