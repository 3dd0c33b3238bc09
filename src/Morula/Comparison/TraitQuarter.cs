namespace Morula.Comparison;

/// <summary>Cells between two values of a trait.</summary>
/// <param name="Least">Least value among them.</param>
/// <param name="Most">Greatest value among them.</param>
/// <param name="Cells">The cells.</param>
internal sealed record TraitQuarter(double Least, double Most, IReadOnlyList<(string Image, int Label)> Cells)
{
    /// <summary>Share of these cells that a training found, over the seeds.</summary>
    public Spread Recall(NetworkResults row) => Spread.Of(row.Results.Select(Recall));

    private double? Recall(MemberResult result)
    {
        var found = result.Found.SelectMany(image => image.Value.Select(label => (image.Key, label))).ToHashSet();
        return (double)Cells.Count(found.Contains) / Cells.Count;
    }
}
