using Morula.Tracking;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Tracking;

public sealed class MovieCellsTests
{
    private static readonly LinkOptions Still = new() { MostDrift = 0 };

    [Fact]
    public void Cells_are_measured_in_micrometres()
    {
        var labels = new LabelVolume(new Extent(4, 5, 6), new Spacing(2, 0.5, 0.5));
        foreach (int voxel in new[] { 37, 38, 43, 44, 67, 68, 73, 74 }) labels.Voxels[voxel] = 7;
        labels.Voxels[0] = 3;
        MovieCells movie = MovieCells.Look([labels], [12], Still);
        Assert.Equal([3, 7], movie.Frames[0].Cells.Select(cell => cell.Label));
        SeenCell cell = movie.Frames[0].Cells[1];
        Assert.Equal((8L, 4.0, false), (cell.VoxelCount, cell.Volume, cell.AtBorder));
        Assert.Equal([3, 0.75, 0.75], cell.Centre);
        Assert.Equal(4, 4 * Math.PI / 3 * Math.Pow(cell.Radius, 3), 1e-9);
        Assert.True(movie.Frames[0].Cells[0].AtBorder);
        Assert.Equal(12, movie.Frames[0].Number);
    }

    [Fact]
    public void Overlaps_are_those_of_a_plain_count_at_any_shift()
    {
        var random = new Random(4);
        for (int round = 0; round < 20; round++)
        {
            LabelVolume before = Noise(random), after = Noise(random);
            int[] shift = [random.Next(-3, 4), random.Next(-3, 4), random.Next(-3, 4)];
            IReadOnlyList<SeenCell> one = CellMeter.Measure(before), other = CellMeter.Measure(after);
            var found = OverlapCount.Count(before, one, after, other, shift);
            LabelVolume moved = after.Crop(after.Extent.Whole.Shift(shift));
            for (int from = 0; from < one.Count; from++)
            {
                for (int to = 0; to < other.Count; to++)
                {
                    int expected = Enumerable.Range(0, before.Voxels.Length).Count(voxel => before.Voxels[voxel] == one[from].Label && moved.Voxels[voxel] == other[to].Label);
                    Assert.Equal(expected, found.GetValueOrDefault((from, to)));
                }
            }
        }
    }

    private static LabelVolume Noise(Random random)
    {
        var extent = new Extent(4, 5, 6);
        return new LabelVolume(extent, Spacing.Unit(3), [.. Enumerable.Range(0, (int)extent.Count).Select(_ => random.Next(4))]);
    }
}
