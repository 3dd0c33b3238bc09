namespace Morula.Evaluation;

/// <summary>What is kept of one frame: the cells on both sides, and which belong together.</summary>
/// <param name="Frame">Number of the frame.</param>
/// <param name="TruthIds">Labels of the true cells.</param>
/// <param name="FoundIds">Labels of the found cells.</param>
/// <param name="Pairs">Each found cell that holds one true cell and no other, with that cell.</param>
internal sealed record FrameMatch(int Frame, IReadOnlyList<int> TruthIds, IReadOnlyList<int> FoundIds, IReadOnlyList<(int Truth, int Found)> Pairs)
{
    /// <summary>Matches the cells of a frame by their shared voxels.</summary>
    public static FrameMatch Of(int frame, Contingency table) => new(
        frame,
        table.TruthLabels,
        table.PredictedLabels,
        [.. table.Overlaps.Where(table.IsHeld)
            .GroupBy(overlap => overlap.Predicted)
            .Where(held => held.Count() == 1)
            .Select(held => (table.TruthLabels[held.First().Truth], table.PredictedLabels[held.Key]))]);
}
