namespace Morula.Evaluation;

/// <summary>
/// How well the lengths of cell cycles are known: cell cycle accuracy CCA (Ulman et al. 2017). A cycle is complete if its track
/// begins with the division of its mother and ends with its own; cells need not be matched.
/// </summary>
/// <param name="TrueLengths">Frames of each complete true cycle.</param>
/// <param name="FoundLengths">Frames of each complete found cycle.</param>
public sealed record CellCycleScores(IReadOnlyList<int> TrueLengths, IReadOnlyList<int> FoundLengths)
{
    /// <summary>CCA: 1 - the largest difference of the two cumulative distributions of lengths; 0 where no complete cycle is found, null where none is true.</summary>
    public double? Accuracy
    {
        get
        {
            if (TrueLengths.Count == 0) return null;
            if (FoundLengths.Count == 0) return 0;
            return 1 - TrueLengths.Concat(FoundLengths).Max(length => Math.Abs(ShareUpTo(length, TrueLengths) - ShareUpTo(length, FoundLengths)));
        }
    }

    internal static CellCycleScores Of(MovieMatch match) => new(Lengths(match.Truth), Lengths(match.Found));

    private static int[] Lengths(CellGraph graph) =>
        [.. graph.Divisions.Where(graph.IsBorn).Select(id => graph.LastFrame(id) - graph.FirstFrame(id) + 1)];

    private static double ShareUpTo(int length, IReadOnlyList<int> lengths) => (double)lengths.Count(other => other <= length) / lengths.Count;
}
