namespace Morula.Evaluation;

/// <summary>
/// How far a cell can be followed. From each true cell the movie is followed for a number of frames, her own included, through all
/// descendants: right if the found movie, from the cell that is her counterpart on, shows the same cells, the same links of the
/// same kind, and no others in these frames. Cells too near the end of the movie are not asked.
/// </summary>
/// <param name="Frames">Frames followed, the first included; at least 1.</param>
/// <param name="Cells">True cells from which so many frames can be followed.</param>
/// <param name="Right">Those followed without an error.</param>
public sealed record LineageScores(int Frames, long Cells, long Right)
{
    /// <summary>Right over cells; null where the movie is too short.</summary>
    public double? Accuracy => Cells == 0 ? null : (double)Right / Cells;

    /// <summary>One result per number of frames.</summary>
    internal static IReadOnlyList<LineageScores> Of(MovieMatch match, IEnumerable<int> lengths)
    {
        Dictionary<CellNode, int> firstErrors = FirstErrors(match);
        return [.. lengths.Select(frames =>
        {
            KeyValuePair<CellNode, int>[] asked = [.. firstErrors.Where(cell => cell.Key.Frame + frames - 1 <= match.LastFrame)];
            return new LineageScores(frames, asked.Length, asked.Count(cell => cell.Value >= cell.Key.Frame + frames));
        })];
    }

    /// <summary>For each true cell the frame in which the first error shows among her and her descendants; beyond all frames where none does.</summary>
    private static Dictionary<CellNode, int> FirstErrors(MovieMatch match)
    {
        var first = new Dictionary<CellNode, int>();
        foreach (CellNode cell in match.Truth.Cells.OrderByDescending(cell => cell.Frame))
        {
            int earliest = OwnError(match, cell);
            foreach (CellLink link in match.Truth.After(cell)) earliest = Math.Min(earliest, first[link.To]);
            first[cell] = earliest;
        }

        return first;
    }

    private static int OwnError(MovieMatch match, CellNode cell)
    {
        if (match.FoundOf(cell) is not { } found) return cell.Frame;
        IEnumerable<int> missing = match.Truth.After(cell).Where(link => match.FoundOf(link)?.IsParental != link.IsParental).Select(link => link.To.Frame);
        IEnumerable<int> extra = match.Found.After(found).Where(link => match.TruthOf(link)?.IsParental != link.IsParental).Select(link => link.To.Frame);
        return missing.Concat(extra).DefaultIfEmpty(int.MaxValue).Min();
    }
}
