using Morula.Viewer;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Viewer;

public sealed class CoarseGridTests
{
    [Theory]
    [InlineData(new[] { 100, 100, 100 }, new[] { 1.0, 1, 1 }, new[] { 100, 100, 100 })]
    [InlineData(new[] { 200, 512, 512 }, new[] { 1.0, 0.5, 0.5 }, new[] { 100, 128, 128 })]
    [InlineData(new[] { 1, 4000, 4000 }, new[] { 1.0, 1, 1 }, new[] { 1, 1000, 2000 })]
    public void Axes_with_small_voxels_grow_coarse_first(int[] extent, double[] spacing, int[] expected) =>
        Assert.Equal(new Extent(expected), CoarseGrid.Of(new Extent(extent), new Spacing(spacing)));

    [Fact]
    public void Every_voxel_belongs_to_one_coarse_voxel_whose_middle_lies_in_it()
    {
        foreach (var (fine, coarse) in new[] { (7, 7), (7, 3), (200, 100), (205, 103), (5, 1), (1, 1) })
        {
            Assert.Equal(0, CoarseGrid.Start(0, coarse, fine));
            Assert.Equal(fine, CoarseGrid.Start(coarse, coarse, fine));
            for (int index = 0; index < coarse; index++)
                Assert.InRange(CoarseGrid.Middle(index, coarse, fine), CoarseGrid.Start(index, coarse, fine), CoarseGrid.Start(index + 1, coarse, fine) - 1);
        }
    }

    [Fact]
    public void Parts_cover_the_coarse_grid_once_whatever_the_file_holds_together()
    {
        foreach (var (fine, coarse, piece) in new (int[], int[], int[])[]
        {
            ([20, 30, 40], [20, 30, 40], [1, 30, 40]), ([21, 33, 40], [7, 11, 20], [1, 8, 40]), ([70, 300, 500], [35, 75, 125], [32, 64, 64]), ([9, 2100, 2100], [5, 300, 300], [9, 512, 512]),
        })
        {
            var seen = new int[coarse[0], coarse[1]];
            foreach (CoarsePart part in CoarsePart.Of(new Extent(fine), new Extent(coarse), new Extent(piece)))
            {
                Assert.True(part.Rows == 1 || part.Fine.Extent.Count <= 1 << 22);
                for (int plane = part.FirstPlane; plane < part.FirstPlane + part.Planes; plane++)
                {
                    Assert.InRange(CoarseGrid.Middle(plane, coarse[0], fine[0]), part.Fine.Lower[0], part.Fine.Upper[0] - 1);
                    for (int row = part.FirstRow; row < part.FirstRow + part.Rows; row++)
                    {
                        seen[plane, row]++;
                        Assert.InRange(CoarseGrid.Start(row, coarse[1], fine[1]), part.Fine.Lower[1], part.Fine.Upper[1] - 1);
                        Assert.InRange(CoarseGrid.Start(row + 1, coarse[1], fine[1]), part.Fine.Lower[1] + 1, part.Fine.Upper[1]);
                    }
                }
            }

            Assert.All(seen.Cast<int>(), count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void A_coarse_volume_is_the_same_in_strips_and_in_chunks()
    {
        var random = new Random(4);
        var size = new Extent(33, 130, 610);
        var labels = new LabelVolume(size, new Spacing(1, 0.5, 0.5), [.. Enumerable.Range(0, (int)size.Count).Select(_ => random.Next(1000))]);
        Extent coarse = CoarseGrid.Of(size, labels.Spacing);
        Assert.NotEqual(size, coarse);
        int[] expected = new int[coarse.Count];
        for (int voxel = 0; voxel < expected.Length; voxel++)
        {
            int[] place = [voxel / (coarse[1] * coarse[2]), voxel / coarse[2] % coarse[1], voxel % coarse[2]];
            int[] fine = [.. place.Select((index, axis) => CoarseGrid.Middle(index, coarse[axis], size[axis]))];
            expected[voxel] = labels.Voxels[(((fine[0] * size[1]) + fine[1]) * size[2]) + fine[2]];
        }

        foreach (int[] piece in new int[][] { [1, 130, 610], [16, 64, 64] })
            Assert.Equal(expected, CoarseLabels.Whole(labels.Crop, size, labels.Spacing, new Extent(piece), coarse, TestContext.Current.CancellationToken).Voxels);
    }
}
