using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class WarpTests
{
    private static readonly SampleOptions Still = new() { Zoom = 0, ElasticMagnitude = 0 };

    [Theory]
    [InlineData(new[] { 9, 11 })]
    [InlineData(new[] { 5, 9, 11 })]
    [InlineData(new[] { 3, 5, 6, 7 })]
    public void Without_displacement_it_is_a_plain_crop(int[] sizes)
    {
        var (image, labels) = Scenes.Balls(3, sizes);
        int[] lower = [.. sizes.Select((_, axis) => axis == 0 ? -1 : 2)];
        var shape = new Extent([.. sizes.Select(size => size - 1)]);
        var window = new Block(lower, [.. lower.Zip(shape.Sizes.ToArray(), (from, size) => from + size)]);
        var (warped, truth) = new Warp(shape, window, image.Spacing, Still, new Random(1)).Apply(PairPart.Of(image, labels));
        Assert.Equal(labels.Crop(window).Voxels, truth.Voxels);
        Assert.Equal(image.Crop(window, Intensity.Background).Voxels, warped.Voxels);
    }

    [Fact]
    public void Magnification_scales_a_volume_by_its_cube()
    {
        var labels = new LabelVolume(new Extent(40, 40, 40), Spacing.Unit(3));
        Scenes.Paint(labels, [20, 20, 20], 12, 1);
        var image = new Volume(labels.Extent, labels.Spacing, [.. labels.Voxels.Select(label => (float)label)]);
        var (warped, truth) = new Warp(new Extent(50, 50, 50), labels.Extent.Whole, image.Spacing, Still, new Random(1)).Apply(PairPart.Of(image, labels));
        double ratio = (double)truth.Voxels.Count(label => label == 1) / labels.Voxels.Count(label => label == 1);
        Assert.InRange(ratio, 1.25 * 1.25 * 1.25 * 0.98, 1.25 * 1.25 * 1.25 * 1.02);
        Assert.Equal(truth.Voxels.Sum(), warped.Voxels.Sum(), truth.Voxels.Sum() * 0.02);
    }

    [Theory]
    [InlineData(new[] { 1.0, 1, 1 })]
    [InlineData(new[] { 3.0, 1, 1 })]
    public void Image_and_labels_bend_alike(double[] spacing)
    {
        // Intensity is half the label: after any warp, a voxel well inside a cell still shows half its label.
        var extent = new Extent(30, 40, 40);
        var labels = new LabelVolume(extent, new Spacing(spacing));
        Scenes.Paint(labels, [15 * spacing[0], 20, 20], 14, 2);
        var image = new Volume(extent, labels.Spacing, [.. labels.Voxels.Select(label => label / 2f)]);
        var options = Still with { ElasticMagnitude = 3, ElasticStep = 16 };
        var (warped, truth) = new Warp(extent, extent.Whole, labels.Spacing, options, new Random(5)).Apply(PairPart.Of(image, labels));
        Assert.NotEqual(labels.Voxels, truth.Voxels);
        int split = 0;
        for (int index = 0; index < warped.Voxels.Length; index++)
            if (warped.Voxels[index] >= 0 && (warped.Voxels[index] > 0.5f) != (truth.Voxels[index] == 2)) split++;

        // Linear and nearest readings part only within the last half voxel of a surface.
        Assert.InRange(split, 0, labels.Voxels.Count(label => label == 2) / 10);
    }

    [Fact]
    public void Displacement_is_as_large_as_asked_in_micrometres_along_every_axis()
    {
        // The image holds its own coordinate, so the warped image tells where each voxel came from.
        var extent = new Extent(40, 60, 60);
        var spacing = new Spacing(2, 1, 1);
        var options = Still with { ElasticMagnitude = 2, ElasticStep = 16 };
        foreach (int axis in new[] { 0, 1, 2 })
        {
            var image = new Volume(extent, spacing);
            for (int index = 0; index < image.Voxels.Length; index++) image.Voxels[index] = Scenes.Place(extent, index)[axis];
            double sum = 0;
            int count = 0;
            for (int seed = 0; seed < 6; seed++)
            {
                float[] warped = new Warp(extent, extent.Whole, spacing, options, new Random(seed)).Apply(PairPart.Of(image, new LabelVolume(extent, spacing))).Image.Voxels;
                for (int index = 0; index < warped.Length; index += 7)
                {
                    int[] place = Scenes.Place(extent, index);
                    if (place.Zip(extent.Sizes.ToArray(), (at, size) => Math.Min(at, size - 1 - at)).Min() < 8) continue;
                    double moved = (warped[index] - place[axis]) * spacing[axis];
                    sum += moved * moved;
                    count++;
                }
            }

            Assert.InRange(Math.Sqrt(sum / count), 1.4, 2.6);
        }
    }

    [Fact]
    public void All_frames_bend_alike_and_none_is_mixed_with_another()
    {
        var extent = new Extent(3, 10, 12, 14);
        var image = new Volume(extent, Spacing.Unit(4));
        var labels = new LabelVolume(extent, Spacing.Unit(4));
        for (int index = 0; index < image.Voxels.Length; index++) (image.Voxels[index], labels.Voxels[index]) = (index / (10 * 12 * 14), (index / (10 * 12 * 14)) + 1);
        var options = Still with { ElasticMagnitude = 1, ElasticStep = 8 };
        var (warped, truth) = new Warp(extent, new Block([1, 0, 0, 0], [4, 10, 12, 14]), image.Spacing, options, new Random(1)).Apply(PairPart.Of(image, labels));
        Assert.Equal([0, 2, 3], truth.Voxels.Distinct().Order());
        for (int index = 0; index < truth.Voxels.Length; index++)
            Assert.Equal(truth.Voxels[index] == 0 ? Intensity.Background : truth.Voxels[index] - 1, warped.Voxels[index]);
    }
}
