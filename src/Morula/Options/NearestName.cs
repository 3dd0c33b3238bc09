namespace Morula.Options;

/// <summary>Finds what someone most likely meant by a name that does not exist.</summary>
public static class NearestName
{
    /// <summary>The candidate with the fewest edits from <paramref name="name"/>, letter case aside; null where there is no candidate.</summary>
    public static string? Of(string name, IEnumerable<string> candidates) =>
        candidates.MinBy(candidate => Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant()));

    /// <summary>
    /// Number of insertions, deletions, substitutions and swaps of neighbours between two texts
    /// (optimal string alignment: no part is edited twice).
    /// </summary>
    public static int Distance(string from, string to)
    {
        var edits = new int[from.Length + 1, to.Length + 1];
        for (int row = 0; row <= from.Length; row++) edits[row, 0] = row;
        for (int column = 0; column <= to.Length; column++) edits[0, column] = column;
        for (int row = 1; row <= from.Length; row++)
        {
            for (int column = 1; column <= to.Length; column++)
            {
                int change = from[row - 1] == to[column - 1] ? 0 : 1;
                int best = Math.Min(edits[row - 1, column - 1] + change, Math.Min(edits[row - 1, column], edits[row, column - 1]) + 1);
                bool swapped = row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1];
                edits[row, column] = swapped ? Math.Min(best, edits[row - 2, column - 2] + 1) : best;
            }
        }

        return edits[from.Length, to.Length];
    }
}
