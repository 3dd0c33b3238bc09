using Morula.Tests.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Volumes;

public sealed class GaussianInSpaceTests
{
    [Fact]
    public void A_point_spreads_to_the_variance_asked_for_and_keeps_its_sum()
    {
        var extent = new Extent(3, 31, 41, 51);
        var spacing = new Spacing(90, 0.5, 0.4, 0.3);
        var image = new Volume(extent, spacing);
        long point = extent.Strides().Zip((long[])[1, 15, 20, 25], (stride, place) => stride * place).Sum();
        image.Voxels[point] = 1;
        float[] smooth = GaussianFilter.ApplyInSpace(image, 0.8).Voxels;
        Assert.Equal(1, smooth.Sum(value => (double)value), 1e-5);
        Assert.All(smooth.Take(smooth.Length / 3), value => Assert.Equal(0, value));
        for (int axis = 1; axis < 4; axis++)
        {
            double variance = 0;
            for (int voxel = 0; voxel < smooth.Length; voxel++)
            {
                double away = (Neighbourhood.Coordinates(voxel, extent)[axis] - (extent[axis] / 2)) * spacing[axis];
                variance += smooth[voxel] * away * away;
            }

            Assert.Equal(0.64, variance, 0.03);
        }
    }

    [Fact]
    public void A_flat_image_stays_flat_to_its_border()
    {
        var image = new Volume(new Extent(9, 5), Spacing.Unit(2), [.. Enumerable.Repeat(3f, 45)]);
        Assert.All(GaussianFilter.ApplyInSpace(image, 4).Voxels, value => Assert.Equal(3, value, 1e-5));
    }
}
