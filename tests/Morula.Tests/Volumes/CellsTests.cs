using CsCheck;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Volumes;

public sealed class CellsTests
{
    [Fact]
    public void Cells_have_their_tight_boxes_and_sizes() => GridCases.Extents.Sample(extent =>
    {
        int[] voxels = GridCases.Labels(extent, 8);
        var cells = new LabelVolume(extent, Spacing.Unit(extent.Rank), voxels).Cells();
        Assert.Equal(voxels.Where(label => label != 0).Distinct().Order(), cells.Select(cell => cell.Label));
        foreach (LabelledCell cell in cells)
        {
            int[][] places = [.. GridCases.Positions(extent).Where(position => voxels[GridCases.IndexOf(extent, position)] == cell.Label)];
            Assert.Equal(places.Length, cell.VoxelCount);
            for (int axis = 0; axis < extent.Rank; axis++)
            {
                Assert.Equal(places.Min(place => place[axis]), cell.Box.Lower[axis]);
                Assert.Equal(places.Max(place => place[axis]) + 1, cell.Box.Upper[axis]);
            }
        }
    });

    [Fact]
    public void A_volume_is_checked_when_it_is_made()
    {
        Assert.Throws<ArgumentException>(() => new Volume(new Extent(2, 3), Spacing.Unit(3), new float[6]));
        Assert.Throws<ArgumentException>(() => new LabelVolume(new Extent(2, 3), Spacing.Unit(2), new int[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Spacing(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Spacing(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Extent(1, -1));
        Assert.Throws<ArgumentException>(() => new Block([1, 2], [3]));
    }
}
