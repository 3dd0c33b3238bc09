using Morula.Synthesis;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class FragmentsTests
{
    [Fact]
    public void Strays_go_to_the_cell_beside_them_or_vanish()
    {
        int[] before =
        [
            1, 1, 1, 0, 2,
            1, 2, 2, 0, 0,
            1, 0, 2, 2, 2,
            1, 1, 2, 1, 2,
        ];
        int[] after =
        [
            1, 1, 1, 0, 0,
            1, 2, 2, 0, 0,
            1, 0, 2, 2, 2,
            1, 1, 2, 2, 2,
        ];
        var labels = new LabelVolume(new Extent(4, 5), Spacing.Unit(2), before);
        Fragments.Join(labels);
        Assert.Equal(after, labels.Voxels);
    }
}
