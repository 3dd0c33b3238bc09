using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Volumes;

public sealed class GaussianFilterTests
{
    [Theory]
    [InlineData(new[] { 9, 20 }, new[] { 1.3, 2.1 })]
    [InlineData(new[] { 7, 9, 12 }, new[] { 0.8, 0, 1.7 })]
    [InlineData(new[] { 1, 5, 6 }, new[] { 3.0, 1, 1 })]
    public void Agrees_with_the_sum_over_the_definition(int[] sizes, double[] deviations)
    {
        var extent = new Extent(sizes);
        var image = new Volume(extent, Spacing.Unit(sizes.Length));
        var random = new Random(3);
        for (int voxel = 0; voxel < image.Voxels.Length; voxel++) image.Voxels[voxel] = random.NextSingle();
        Volume blurred = GaussianFilter.Apply(image, deviations);
        long[] strides = extent.Strides();
        for (int voxel = 0; voxel < image.Voxels.Length; voxel += 7)
            Assert.Equal(Slow(image, deviations, voxel, strides, 0), blurred.Voxels[voxel], 1e-4);
    }

    private static double Slow(Volume image, double[] deviations, long voxel, long[] strides, int axis)
    {
        if (axis == image.Rank) return image.Voxels[voxel];
        double deviation = deviations[axis];
        int place = (int)(voxel / strides[axis] % image.Extent[axis]);
        if (deviation == 0) return Slow(image, deviations, voxel, strides, axis + 1);
        var (sum, total) = (0.0, 0.0);
        int reach = (int)Math.Ceiling(3 * deviation);
        for (int tap = -reach; tap <= reach; tap++)
        {
            double weight = Math.Exp(-0.5 * tap * tap / (deviation * deviation));
            int other = Math.Clamp(place + tap, 0, image.Extent[axis] - 1);
            sum += weight * Slow(image, deviations, voxel + ((other - place) * strides[axis]), strides, axis + 1);
            total += weight;
        }

        return sum / total;
    }
}
