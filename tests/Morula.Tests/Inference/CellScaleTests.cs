using Morula.Inference;
using Morula.Model;
using Morula.Proposals;
using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class CellScaleTests
{
    [Fact]
    public void Cells_seen_whole_stand_for_those_that_the_view_cuts()
    {
        // Intervals of all places on a long line, seen through a window: what is whole, weighted, fills as much of it as all of them do.
        var view = new Extent([1, 100]);
        var random = new Random(3);
        double all = 0, estimated = 0, plain = 0;
        for (int cell = 0; cell < 20_000; cell++)
        {
            double length = random.Next(2) == 0 ? 10 : 60, start = (random.NextDouble() * 300) - 100;
            float[] box = [0, (float)start, 1, (float)(start + length)];
            all += length / 300;
            if (start < 0 || start + length > 100) continue;
            plain += length / 100;
            estimated += length / 100 / CellScale.ShareWhole(box, view, [false, true]);
        }

        Assert.InRange(estimated / all, 0.95, 1.05);
        Assert.InRange(plain / all, 0.3, 0.7);
    }

    [Fact]
    public void A_view_that_shows_all_of_an_axis_cuts_nothing_along_it()
    {
        float[] box = [0, 0, 0, 32, 16, 63];
        Assert.Equal(1, CellScale.ShareWhole(box, Extent.Cube(3, 64), [false, false, false]));
        Assert.Equal(0.5 * 0.75, CellScale.ShareWhole(box, Extent.Cube(3, 64), [true, true, false]), 12);
        Assert.Equal(0.2, CellScale.ShareWhole(box, Extent.Cube(3, 64), [false, false, true]), 12);
    }

    [Fact]
    public void A_typical_cell_is_the_one_that_is_stated_or_lies_between_the_anchors()
    {
        var model = new ModelOptions { Rank = 3, Proposals = new ProposalOptions { Anchors = [[[4], [8]], [[12], [16]]] } };
        Assert.Equal(8, CellScale.TypicalVoxels(model, new SampleOptions()), 12);
        Assert.Equal(19.2, CellScale.TypicalVoxels(model, new SampleOptions { TypicalCell = 19.2 }));
    }

    [Theory]
    [InlineData(2.0, 1.0, 1.0, 1.0)]
    [InlineData(3.0, 1.0, 1.0, 5.0)]
    [InlineData(1.0, 5.0, 1.0, 1.0)]
    public void The_median_counts_weights(double expected, params double[] weights) =>
        Assert.Equal(expected, CellScale.Median([.. weights.Select((weight, index) => (index + 1.0, weight))]));
}
