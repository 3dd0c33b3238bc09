namespace Morula.Tracking;

/// <summary>Counts what windows say of pairs of frames that follow each other.</summary>
internal sealed class EvidenceVotes
{
    private readonly Dictionary<(int Frame, int Label, int Next), int> same = [];
    private readonly Dictionary<(int Frame, int Label), Sum> divides = [];
    private readonly Dictionary<(int Frame, int Label), Sum> born = [];

    /// <summary>Adds what a window says of two of its frames.</summary>
    /// <param name="before">Number of the earlier frame.</param>
    /// <param name="cellsBefore">Per label there, its cell through time, from 1.</param>
    /// <param name="after">Number of the later frame.</param>
    /// <param name="cellsAfter">Per label there, its cell through time.</param>
    /// <param name="present">Cells through time that are seen in the later frame.</param>
    /// <param name="window">Tells of births and divisions.</param>
    public void Add(int before, Dictionary<int, int> cellsBefore, int after, Dictionary<int, int> cellsAfter, HashSet<int> present, SeenWindow window)
    {
        ILookup<int, int> labelsAfter = cellsAfter.ToLookup(entry => entry.Value, entry => entry.Key);
        HashSet<int> seenBefore = [.. cellsBefore.Values];
        foreach (var (label, cell) in cellsBefore)
        {
            // A cell through time that goes on does not divide here.
            Count(divides, (before, label), present.Contains(cell) ? 0 : window.Divides[cell - 1]);
            foreach (int next in labelsAfter[cell]) same[(before, label, next)] = same.GetValueOrDefault((before, label, next)) + 1;
        }

        foreach (var (label, cell) in cellsAfter) Count(born, (after, label), seenBefore.Contains(cell) ? 0 : window.Born[cell - 1]);
    }

    /// <summary>Means over all windows.</summary>
    public LinkEvidence Evidence() => new()
    {
        Links = same.ToDictionary(entry => entry.Key, entry => (double)entry.Value / divides[(entry.Key.Frame, entry.Key.Label)].Count),
        Divisions = divides.ToDictionary(entry => entry.Key, entry => entry.Value.Mean),
        Births = born.ToDictionary(entry => entry.Key, entry => entry.Value.Mean),
    };

    private static void Count(Dictionary<(int Frame, int Label), Sum> sums, (int Frame, int Label) cell, double value)
    {
        Sum sum = sums.GetValueOrDefault(cell);
        sums[cell] = new Sum(sum.Total + value, sum.Count + 1);
    }

    private readonly record struct Sum(double Total, int Count)
    {
        public double Mean => Total / Count;
    }
}
