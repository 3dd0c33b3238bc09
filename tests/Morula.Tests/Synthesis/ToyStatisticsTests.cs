using Morula.Synthesis;
using Xunit;

namespace Morula.Tests.Synthesis;

/// <summary>Statistics of the published benchmark over 120 images, held to those of an independent simulation.</summary>
public sealed class ToyStatisticsTests
{
    private static readonly Lazy<(double Foreground, IReadOnlyList<SceneObject> Objects)[]> Scenes = new(() =>
        [.. Enumerable.Range(1000, 120).AsParallel().AsOrdered().Select(Arrange)]);

    private static (double Foreground, IReadOnlyList<SceneObject> Objects) Arrange(int seed)
    {
        var stream = new RandomStream(new Random(seed));
        var (labels, objects) = ToyScene.Place(new ToyOptions(), ref stream);
        return (labels.Voxels.Count(label => label != 0) / (double)labels.Voxels.Length, objects);
    }

    [Fact]
    public void Number_of_objects()
    {
        double[] counts = [.. Scenes.Value.Select(scene => (double)scene.Objects.Count)];
        Assert.InRange(counts.Average(), 9, 11);
        Assert.InRange(Percentile(counts, 0.05), 3, 4);
        Assert.InRange(Percentile(counts, 0.5), 9, 11);
        Assert.InRange(Percentile(counts, 0.95), 15, 17);
    }

    [Theory]
    [InlineData(ToyShape.Ellipsoid, 0.43)]
    [InlineData(ToyShape.Pyramid, 0.37)]
    [InlineData(ToyShape.Cuboid, 0.20)]
    public void Shares_of_the_classes(ToyShape shape, double expected)
    {
        SceneObject[] all = [.. Scenes.Value.SelectMany(scene => scene.Objects)];
        double share = all.Count(item => item.Shape == shape) / (double)all.Length;
        Assert.InRange(share, expected * 0.9, expected * 1.1);
    }

    [Theory]
    [InlineData(0.05, 20)]
    [InlineData(0.5, 38)]
    [InlineData(0.95, 62)]
    public void Sides_of_the_boxes(double share, double expected)
    {
        double[] sides = [.. Scenes.Value.SelectMany(scene => scene.Objects).SelectMany(item => item.Box.Extent.Sizes.ToArray()).Select(side => (double)side)];
        Assert.InRange(Percentile(sides, share), expected * 0.9, expected * 1.1);
    }

    [Fact]
    public void Share_of_foreground()
    {
        double share = Scenes.Value.Average(scene => scene.Foreground);
        Assert.InRange(share, 0.081, 0.099);
    }

    [Theory]
    [InlineData(0, 0.6)]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.4)]
    [InlineData(3, 1.8)]
    public void Contrast_over_the_deviation_of_the_background(int quarter, double expected)
    {
        double contrast = Enumerable.Range(0, 8)
            .SelectMany(seed => Contrasts(ToyScene.Create(new ToyOptions { Size = 64 }, new Random(seed)), quarter)).Average();
        Assert.InRange(contrast, expected * 0.9, expected * 1.1);
    }

    private static IEnumerable<double> Contrasts(ToyScene scene, int quarter)
    {
        var sums = new double[scene.Objects.Count + 1];
        var counts = new int[sums.Length];
        double squares = 0;
        for (int voxel = 0; voxel < scene.Image.Voxels.Length; voxel++)
        {
            int label = scene.Labels.Voxels[voxel];
            double value = scene.Image.Voxels[voxel];
            sums[label] += value;
            counts[label]++;
            if (label == 0) squares += value * value;
        }

        double background = sums[0] / counts[0];
        double deviation = Math.Sqrt((squares / counts[0]) - (background * background));
        return scene.Objects.Where(item => (int)((item.Intensity - 0.02) / 0.02) == quarter)
            .Select(item => ((sums[item.Label] / counts[item.Label]) - background) / deviation);
    }

    private static double Percentile(double[] values, double share) => values.Order().ElementAt((int)(share * (values.Length - 1)));
}
