using Morula.Reports;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class PlaneCutTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_plane_holds_the_voxels_that_the_definition_names(int rank)
    {
        int[] sizes = [3, 4, 5, 6];
        double[] steps = [10, 2, 0.5, 0.25];
        var image = new Volume(new Extent(sizes.AsSpan(4 - rank)), new Spacing(steps.AsSpan(4 - rank)));
        for (int index = 0; index < image.Voxels.Length; index++) image.Voxels[index] = index;
        foreach (PlaneCut cut in PlaneCut.Of(rank))
        {
            Volume plane = cut.From(image);
            Assert.Equal([steps[(int)cut.Rows], steps[(int)cut.Columns]], plane.Spacing.Steps.ToArray());
            for (int row = 0; row < sizes[(int)cut.Rows]; row++)
            {
                for (int column = 0; column < sizes[(int)cut.Columns]; column++)
                {
                    int[] place = [1, 2, 2, 3];
                    (place[(int)cut.Rows], place[(int)cut.Columns]) = (row, column);
                    int index = 0;
                    for (int axis = 4 - rank; axis < 4; axis++) index = (index * sizes[axis]) + place[axis];
                    Assert.Equal(index, plane.Voxels[(row * plane.Extent[1]) + column]);
                }
            }
        }
    }

    [Fact]
    public void Labels_are_cut_as_images_are()
    {
        var extent = new Extent(4, 5, 6);
        var labels = new LabelVolume(extent, Spacing.Unit(3), [.. Enumerable.Range(0, 120)]);
        var image = new Volume(extent, Spacing.Unit(3), [.. Enumerable.Range(0, 120).Select(value => (float)value)]);
        foreach (PlaneCut cut in PlaneCut.Of(3))
            Assert.Equal(cut.From(image).Voxels.Select(value => (int)value), cut.From(labels).Voxels);
    }
}
