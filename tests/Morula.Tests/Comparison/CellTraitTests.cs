using Morula.Comparison;
using Morula.Tests.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Comparison;

public sealed class CellTraitTests
{
    [Fact]
    public void Quarters_hold_equal_numbers_of_cells_least_first()
    {
        var trait = new CellTrait("size", Enumerable.Range(1, 8).ToDictionary(label => ("a", label), label => 10.0 - label));
        IReadOnlyList<TraitQuarter> quarters = trait.Quarters();
        Assert.Equal([2, 2, 2, 2], quarters.Select(quarter => quarter.Cells.Count));
        Assert.Equal([2, 4, 6, 8], quarters.Select(quarter => quarter.Least));
        Assert.Equal([3, 5, 7, 9], quarters.Select(quarter => quarter.Most));
    }

    [Fact]
    public void Equal_values_stay_together()
    {
        var trait = new CellTrait("size", Enumerable.Range(1, 8).ToDictionary(label => ("a", label), label => label < 7 ? 1.0 : 2.0));
        Assert.Equal([6, 2], trait.Quarters().Select(quarter => quarter.Cells.Count));
    }

    [Fact]
    public void Recall_counts_the_cells_of_a_quarter_that_were_found()
    {
        var quarter = new TraitQuarter(0, 1, [("a", 1), ("a", 2), ("b", 1), ("b", 4)]);
        var row = new NetworkResults("net", [Result(("a", [1]), ("b", [1, 4, 9])), Result(("a", [2]))], [], []);
        Spread recall = quarter.Recall(row);
        Assert.Equal((0.5, 2), (recall.Mean, recall.Count));
    }

    [Theory, Ranks]
    public void Contrast_is_that_of_the_definition(int rank)
    {
        var random = new Random(rank);
        var extent = new Extent([.. Enumerable.Range(0, rank).Select(axis => rank == 4 && axis == 0 ? 2 : axis == rank - 1 ? 9 : 4 + axis)]);
        int size = extent[rank - 1];
        var labels = new LabelVolume(extent, Spacing.Unit(rank), [.. Enumerable.Range(0, (int)extent.Count).Select(voxel => voxel % size < 2 ? 0 : voxel % size < 5 ? 3 : 7)]);
        var image = new Volume(extent, Spacing.Unit(rank), [.. labels.Voxels.Select(_ => (float)random.NextDouble())]);
        IReadOnlyDictionary<int, double> found = CellTraits.Contrast(image, labels);
        foreach (int label in new[] { 3, 7 })
        {
            ILookup<bool, double> parts = Enumerable.Range(0, labels.Voxels.Length).Where(voxel => labels.Voxels[voxel] == label)
                .ToLookup(voxel => Neighbourhood.Of(voxel, extent, Math.Max(0, rank - 3)).Any(other => labels.Voxels[other] != label), voxel => (double)image.Voxels[voxel]);
            Assert.Equal(Math.Abs(parts[true].Average() - parts[false].Average()) / 2, found[label], 6);
        }
    }

    private static MemberResult Result(params (string Image, int[] Labels)[] found) => new(
        "net", 1, new Dictionary<string, double?>(), found.ToDictionary(one => one.Image, one => one.Labels), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, string.Empty);
}
