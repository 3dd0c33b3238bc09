using System.Numerics;
using Morula.Synthesis;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class CellPainterTests
{
    [Theory]
    [InlineData(new[] { 30, 34, 40 }, new[] { 0.5, 0.5, 0.5 })]
    [InlineData(new[] { 11, 34, 40 }, new[] { 1.5, 0.5, 0.4 })]
    [InlineData(new[] { 70, 90 }, new[] { 0.5, 0.5 })]
    public void Every_voxel_belongs_to_the_cell_with_the_least_score(int[] sizes, double[] spacing)
    {
        EmbryoOptions options = new() { Extent = sizes, SpacingMicrometres = spacing, CellCount = 18, Wobble = 0, Reach = 4 };
        var field = new EmbryoField(options);
        PackedCell[] cells = new CellPacking(field, 18).Draw(18, 0.2, 3, new RandomStream(3));
        LabelVolume labels = CellPainter.Paint(options, field, cells, new RandomStream(4)).Labels;
        int different = 0;
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            int column = voxel % field.Sizes[2];
            int row = voxel / field.Sizes[2] % field.Sizes[1];
            int slice = voxel / field.Sizes[2] / field.Sizes[1];
            Vector3 point = field.PointAt(slice + 0.5f, row + 0.5f, column + 0.5f);
            bool inside = (point * field.InverseSemiAxes).Length() < 1;
            int expected = inside ? cells.MinBy(cell => cell.Score(point)).Id : 0;
            if (labels.Voxels[voxel] != expected) different++;
        }

        // Rounding may flip a voxel that lies on a face.
        Assert.InRange(different, 0, labels.Voxels.Length / 5000);
    }
}
