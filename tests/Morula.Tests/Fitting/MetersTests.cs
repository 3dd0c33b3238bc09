using Morula.Fitting;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Fitting;

public sealed class MetersTests
{
    [Theory, Ranks]
    public void Noise_is_measured_on_any_slope(int rank)
    {
        var random = new Random(rank);
        Extent extent = Extent.Cube(rank, rank > 3 ? 12 : rank > 2 ? 30 : 200);
        var image = new Volume(extent, Spacing.Unit(rank));
        for (int index = 0; index < image.Voxels.Length; index++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            image.Voxels[index] = (float)((100.0 * index / image.Voxels.Length) + (2 * normal));
        }

        Assert.Equal(0.02, NoiseMeter.Measure(image), 0.003);
        Assert.Equal(0, NoiseMeter.Measure(new Volume(extent, Spacing.Unit(rank))));
    }

    [Theory, Ranks]
    public void Contrast_is_the_mean_of_each_place(int rank)
    {
        Extent extent = Extent.Cube(rank, rank > 3 ? 16 : 20);
        var labels = new LabelVolume(extent, Spacing.Unit(rank));
        var image = new Volume(extent, labels.Spacing);
        int first = Math.Max(0, rank - 3);
        for (int index = 0; index < labels.Voxels.Length; index++)
        {
            int[] place = [.. Samples.Scenes.Place(extent, index)[first..]];
            int depth = place.Min(along => Math.Min(along - 4, 11 - along)); // below 0 outside the one cell, [4, 12)
            labels.Voxels[index] = depth >= 0 ? 7 : 0;
            image.Voxels[index] = depth == 0 ? 9 : depth > 0 ? 5 : 1;
        }

        SurveyedCell cell = new([.. Enumerable.Repeat(8.0, rank - first)], [], 0, 0, false);
        Contrast contrast = ContrastMeter.Measure(image, labels, [cell]);
        Assert.Equal((1, 0.5, 0), (contrast.Boundary, contrast.Inside, contrast.Outside));
        Assert.Equal(double.NaN, contrast.Touching);
    }

    [Fact]
    public void Neighbours_touch_or_keep_a_gap()
    {
        Assert.Equal(1, CellNeighbours.Touching(Row(1, 1, 2, 2, 3)));
        Assert.Equal(0, CellNeighbours.Touching(Row(1, 0, 2, 0, 0, 3)));
        Assert.Equal(0.5, CellNeighbours.Touching(Row(1, 2, 0, 3, 0, 0, 0, 0, 0, 4)));
    }

    [Theory]
    [InlineData(true, 1, 1, 1, 1, 2, 1)]
    [InlineData(false, 2, 2, 2, 2, 1, 2)]
    [InlineData(false, 0, 1, 1, 1, 2, 1)]
    [InlineData(false, 1, 0, 0, 0, 2, 1)]
    [InlineData(false, 1, 1, 1, 1, 1, 1)]
    public void A_labelled_background_is_largest_and_reaches_every_face(bool isOne, params int[] row) =>
        Assert.Equal(isOne, LabelledBackground.IsIn(Row(row)));

    [Fact]
    public void Quantiles_lie_between_neighbours()
    {
        Assert.Equal(2.5, Quantile.Of([4, 1, 2, 3], 0.5));
        Assert.Equal(4, Quantile.Of([4, 1, 2, 3], 1));
        Assert.Equal(double.NaN, Quantile.Of([], 0.5));
    }

    private static LabelVolume Row(params int[] labels) => new(new Extent(1, labels.Length), Spacing.Unit(2), labels);
}
