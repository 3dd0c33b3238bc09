using Morula.Correction;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Correction;

public sealed class CellSplitTests
{
    private static readonly Spacing Flat = new(2, 1, 1);

    [Fact]
    public void Two_balls_that_touch_part_where_they_touch()
    {
        var labels = new LabelVolume(new Extent(16, 24, 44), Flat);
        Paint(labels, [15, 12, 12]);
        Paint(labels, [15, 12, 30]);
        bool[] second = CellSplit.Apply(labels, 1, Index(labels, 8, 12, 10), Index(labels, 8, 12, 33));
        int wrong = 0;
        for (int voxel = 0; voxel < second.Length; voxel++)
        {
            int column = voxel % 44;
            if (labels.Voxels[voxel] == 0) Assert.False(second[voxel]);
            else if (second[voxel] != column > 21 && column is not (20 or 21 or 22)) wrong++;
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_flood_over_the_image_stops_at_the_membrane()
    {
        var labels = new LabelVolume(new Extent(4, 9, 20), Spacing.Unit(3), [.. Enumerable.Repeat(1, 720)]);
        // A bright wall at column 14, far from the middle between the points.
        var image = new Volume(labels.Extent, labels.Spacing, [.. Enumerable.Range(0, 720).Select(voxel => voxel % 20 == 14 ? 9f : (voxel * 7 % 5) * 0.1f)]);
        bool[] second = CellSplit.Apply(labels, 1, Index(labels, 2, 4, 2), Index(labels, 2, 4, 17), image);
        for (int voxel = 0; voxel < second.Length; voxel++)
        {
            if (voxel % 20 != 14) Assert.Equal(voxel % 20 > 14, second[voxel]);
        }
    }

    [Fact]
    public void Both_parts_hold_their_point_and_are_one_piece_each_and_no_other_voxel_changes()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var labels = new LabelVolume(new Extent(5, 7, 9), new Spacing(1.5, 1, 0.5), [.. Enumerable.Range(0, 315).Select(_ => random.Next(6) == 0 ? 2 : 1)]);
            int[] cell = [.. Reach(labels, Array.ConvertAll(labels.Voxels, label => label == 1), Array.IndexOf(labels.Voxels, 1))];
            if (cell.Length < 2) continue;
            var (one, other) = (cell[random.Next(cell.Length / 2)], cell[(cell.Length / 2) + random.Next(cell.Length / 2)]);
            Volume? image = random.Next(2) == 0 ? null : new Volume(labels.Extent, labels.Spacing, [.. labels.Voxels.Select(_ => random.NextSingle())]);
            bool[] second = CellSplit.Apply(labels, 1, one, other, image);
            Assert.True(second[other] && !second[one]);
            Assert.All(Enumerable.Range(0, second.Length).Where(voxel => second[voxel]), voxel => Assert.Equal(1, labels.Voxels[voxel]));
            Assert.Equal(second.Count(isSecond => isSecond), Reach(labels, second, other).Count);
            bool[] first = [.. second.Select((isSecond, voxel) => !isSecond && cell.Contains(voxel))];
            Assert.Equal(first.Count(isFirst => isFirst), Reach(labels, first, one).Count);
        }
    }

    [Fact]
    public void Points_must_be_two_and_within_the_cell()
    {
        var labels = new LabelVolume(new Extent(1, 1, 4), Spacing.Unit(3), [1, 1, 2, 0]);
        Assert.Contains("within cell 1", Assert.Throws<EditException>(() => CellSplit.Apply(labels, 1, 0, 2)).Message);
        Assert.Contains("one voxel", Assert.Throws<EditException>(() => CellSplit.Apply(labels, 1, 1, 1)).Message);
    }

    private static int Index(LabelVolume labels, int z, int y, int x) => (((z * labels.Extent[1]) + y) * labels.Extent[2]) + x;

    private static void Paint(LabelVolume labels, double[] centre)
    {
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            int[] place = [voxel / (24 * 44), voxel / 44 % 24, voxel % 44];
            double distance = place.Select((index, axis) => Math.Pow(((index + 0.5) * labels.Spacing[axis]) - centre[axis], 2)).Sum();
            if (distance <= 100) labels.Voxels[voxel] = 1;
        }
    }

    /// <summary>Voxels that can be reached through faces.</summary>
    private static HashSet<int> Reach(LabelVolume labels, bool[] isInside, int start)
    {
        var reached = new HashSet<int> { start };
        var waiting = new Stack<int>(reached);
        long[] strides = labels.Extent.Strides();
        while (waiting.TryPop(out int voxel))
        {
            for (int axis = 0; axis < 3; axis++)
            {
                int place = (int)(voxel / strides[axis] % labels.Extent[axis]);
                foreach (int step in new[] { -1, 1 })
                {
                    int next = voxel + (step * (int)strides[axis]);
                    if (place + step >= 0 && place + step < labels.Extent[axis] && isInside[next] && reached.Add(next)) waiting.Push(next);
                }
            }
        }

        return reached;
    }
}
