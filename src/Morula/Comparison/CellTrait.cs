namespace Morula.Comparison;

/// <summary>A trait of the true cells of held-out images, such as their size.</summary>
/// <param name="Name">What it is, with unit.</param>
/// <param name="Values">Value of every cell that has one.</param>
internal sealed record CellTrait(string Name, IReadOnlyDictionary<(string Image, int Label), double> Values)
{
    private const int Parts = 4;

    /// <summary>The quarters of the cells by this trait, least first: as many cells in each, but for equal values, which stay together.</summary>
    public IReadOnlyList<TraitQuarter> Quarters()
    {
        double[] sorted = [.. Values.Values.Order()];
        double[] edges = [.. Enumerable.Range(1, Parts - 1).Select(part => sorted[part * sorted.Length / Parts])];
        return [.. Values.GroupBy(cell => edges.Count(edge => cell.Value >= edge)).OrderBy(group => group.Key)
            .Select(group => new TraitQuarter(group.Min(cell => cell.Value), group.Max(cell => cell.Value), [.. group.Select(cell => cell.Key)]))];
    }
}
