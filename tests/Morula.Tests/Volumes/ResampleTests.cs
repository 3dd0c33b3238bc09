using CsCheck;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Volumes;

public sealed class ResampleTests
{
    [Fact]
    public void An_image_is_the_weighted_mean_of_all_its_voxels() => GridCases.Pairs.Sample(
        (from, to) =>
        {
            float[] voxels = GridCases.Intensities(from, 5);
            Volume resampled = new Volume(from, Spacing.Unit(from.Rank), voxels).Resample(to);
            Assert.Equal(to, resampled.Extent);
            foreach (int[] position in GridCases.Positions(to))
                Assert.Equal(WeightedMean(from, to, voxels, position), resampled.Voxels[GridCases.IndexOf(to, position)], 1e-3);
        },
        iter: 60);

    [Fact]
    public void A_label_is_that_of_the_voxel_around_the_centre() => GridCases.Pairs.Sample((from, to) =>
    {
        int[] voxels = GridCases.Labels(from, 6);
        LabelVolume resampled = new LabelVolume(from, Spacing.Unit(from.Rank), voxels).Resample(to);
        foreach (int[] position in GridCases.Positions(to))
        {
            // The voxel whose interval [i, i + 1) holds the centre (p + 1/2) from / to, in whole numbers.
            int[] source = [.. position.Select((index, axis) => ((2 * index) + 1) * from[axis] / (2 * to[axis]))];
            Assert.Equal(voxels[GridCases.IndexOf(from, source)], resampled.Voxels[GridCases.IndexOf(to, position)]);
        }
    });

    [Fact]
    public void The_field_stays_as_large() => GridCases.Pairs.Sample((from, to) =>
    {
        var spacing = new Spacing(((double[])[90, 1.5, 0.2, 0.1]).AsSpan(4 - from.Rank));
        Spacing scaled = new Volume(from, spacing).Resample(to).Spacing;
        for (int axis = 0; axis < from.Rank; axis++) Assert.Equal(from[axis] * spacing[axis], to[axis] * scaled[axis], 1e-9);
        Assert.Equal(to, spacing.Regrid(from, scaled));
    });

    [Fact]
    public void A_slope_stays_a_slope()
    {
        var volume = new Volume(new Extent(1, 8), Spacing.Unit(2), [0, 1, 2, 3, 4, 5, 6, 7]);
        Assert.Equal([0, 0.25f, 0.75f, 1.25f], volume.Resample(new Extent(1, 16)).Voxels[..4]);
        float[] half = volume.Resample(new Extent(1, 4)).Voxels;
        Assert.Equal([2.5f, 4.5f], half[1..3]);
    }

    [Fact]
    public void The_same_extent_is_the_same_volume()
    {
        var volume = new Volume(new Extent(2, 3), Spacing.Unit(2));
        Assert.Same(volume, volume.Resample(new Extent(2, 3)));
    }

    // The definition: a triangle of one source voxel's reach, or of one new voxel's where that is wider, cut off at the border.
    private static double WeightedMean(Extent from, Extent to, float[] voxels, int[] position)
    {
        double sum = 0;
        double total = 0;
        foreach (int[] source in GridCases.Positions(from))
        {
            double weight = 1;
            for (int axis = 0; axis < from.Rank; axis++)
            {
                double step = (double)from[axis] / to[axis];
                double centre = ((position[axis] + 0.5) * step) - 0.5;
                weight *= Math.Max(0, 1 - (Math.Abs(source[axis] - centre) / Math.Max(1, step)));
            }

            sum += weight * voxels[GridCases.IndexOf(from, source)];
            total += weight;
        }

        return sum / total;
    }
}
