using Morula.Regions;
using Morula.Tests.Geometry;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Regions;

public sealed class RegionSampleTests
{
    [Theory, Ranks(true), Ranks(false)]
    public void Positives_come_first_with_the_cell_they_overlap_most(int rank, bool addTruth)
    {
        var (proposals, truth) = Case(rank);
        RegionSample sample = RegionSample.Draw(proposals, truth, rank, new RegionOptions { SampleCount = 12, PositiveShare = 0.4, AddTruth = addTruth }, new Random(2));
        Assert.Equal(12 * 2 * rank, sample.Boxes.Length);
        Assert.Equal(4, sample.PositiveCount);
        Assert.Equal(4, sample.Truths.Length);
        float[] candidates = addTruth ? [.. truth.Boxes, .. proposals] : proposals;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < 12; index++)
        {
            float[] overlaps = [.. Enumerable.Range(0, 3).Select(cell => RandomBoxes.Overlap(truth.Boxes, cell, sample.Boxes, index, rank))];
            if (index < 4) Assert.Equal(overlaps.Max(), overlaps[sample.Truths[index]]);
            Assert.Equal(index < 4, overlaps.Max() >= 0.5f);
            float[] box = sample.Boxes[(index * 2 * rank)..((index + 1) * 2 * rank)];
            Assert.Contains(candidates.Chunk(2 * rank), candidate => candidate.SequenceEqual(box));
            Assert.True(seen.Add(string.Join(' ', box)));
        }
    }

    [Theory, Ranks]
    public void True_boxes_join_the_proposals_where_they_are_asked_to(int rank)
    {
        var (_, truth) = Case(rank);
        float[] far = RandomBoxes.Make(9, rank, 10, side: 20, largest: 3);
        RegionSample with = RegionSample.Draw(far, truth, rank, new RegionOptions { SampleCount = 100, PositiveShare = 1 }, new Random(2));
        Assert.Equal([0, 1, 2], with.Truths.Order());
        for (int index = 0; index < 3; index++)
            Assert.Equal(truth.Boxes.AsSpan(with.Truths[index] * 2 * rank, 2 * rank).ToArray(), with.Boxes.AsSpan(index * 2 * rank, 2 * rank).ToArray());
        RegionSample without = RegionSample.Draw(far, truth, rank, new RegionOptions { SampleCount = 100, PositiveShare = 1, AddTruth = false }, new Random(2));
        Assert.Equal(0, without.PositiveCount);
        Assert.Equal(far, without.Boxes);
    }

    [Theory, Ranks]
    public void Without_cells_all_regions_are_background(int rank)
    {
        var (proposals, truth) = Case(rank);
        RegionSample sample = RegionSample.Draw(proposals, truth with { Boxes = [], Classes = [], Labels = [] }, rank, new RegionOptions { SampleCount = 5 }, new Random(2));
        Assert.Equal((0, 5 * 2 * rank), (sample.PositiveCount, sample.Boxes.Length));
    }

    [Fact]
    public void The_same_seed_draws_the_same_regions()
    {
        var (proposals, truth) = Case(3);
        RegionSample[] drawn = [.. new[] { 1, 1, 2 }.Select(seed => RegionSample.Draw(proposals, truth, 3, new RegionOptions { SampleCount = 12 }, new Random(seed)))];
        Assert.Equal(drawn[0].Boxes, drawn[1].Boxes);
        Assert.NotEqual(drawn[0].Boxes, drawn[2].Boxes);
    }

    /// <summary>Three cells of 10 voxels a side, and for each ten proposals that grow ever further away.</summary>
    private static (float[] Proposals, RegionTruth Truth) Case(int rank)
    {
        float[][] cells = [.. new[] { 25, 40, 55 }.Select(start => (float[])[.. Enumerable.Repeat((float)start, rank), .. Enumerable.Repeat(start + 10f, rank)])];
        float[] proposals = [.. cells.SelectMany(cell => Enumerable.Range(0, 10).SelectMany(step => cell.Select((value, column) => value + (column % rank == 0 ? step * 0.9f : 0.1f))))];
        var labels = new LabelVolume(Extent.Cube(rank, 1), Spacing.Unit(rank));
        return (proposals, new RegionTruth([.. cells.SelectMany(cell => cell)], [1, 2, 1], [1, 2, 3], labels));
    }
}
