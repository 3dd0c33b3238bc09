using Morula.Inference;
using Morula.Model;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class RefinementTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Flooding_agrees_with_a_sorted_list(int rank)
    {
        var random = new Random(rank);
        int[] sizes = [7, 9, 8, 6];
        var extent = new Extent(sizes.AsSpan(0, rank));
        var labels = new int[extent.Count];
        var relief = new ushort[extent.Count];
        for (int voxel = 0; voxel < labels.Length; voxel++)
        {
            labels[voxel] = random.Next(10) switch { 0 => random.Next(1, 5), 1 => 0, _ => PriorityFlood.Open };
            // Few levels, so that many voxels tie.
            relief[voxel] = (ushort)random.Next(6);
        }

        int[] expected = Flood([.. labels], relief, extent);
        PriorityFlood.Fill(labels, relief, extent);
        Assert.Equal(expected, labels);
        Assert.True(labels.Where(label => label > 0).Distinct().Count() > 2);
    }

    [Fact]
    public void Cells_follow_the_membrane_and_not_the_mask()
    {
        // Two cells painted with a border at column 12, while the membrane lies at column 16.
        var extent = new Extent(6, 20, 32);
        int[] painted = [.. Enumerable.Range(0, (int)extent.Count).Select(voxel => voxel % 32 < 12 ? 1 : 2)];
        float[] image = [.. Enumerable.Range(0, (int)extent.Count).Select(voxel => voxel % 32 == 16 ? 200f : 10f)];
        float[] probability = [.. Enumerable.Range(0, (int)extent.Count).Select(voxel => Math.Abs((voxel % 32) - 12) < 8 ? 0.55f : 0.99f)];
        PaintedCells cells = Cells(extent, painted, probability);
        LabelVolume refined = Refinement.Apply(cells, new Volume(extent, Spacing.Unit(3), image), new RefinementOptions
        {
            ProbabilityWeight = 0, SmoothingMicrometres = 0.5, SeedProbability = 0.9, SeedDepthMicrometres = 2,
        });
        for (int voxel = 0; voxel < painted.Length; voxel++)
        {
            if (voxel % 32 != 16) Assert.Equal(voxel % 32 < 16 ? 1 : 2, refined.Voxels[voxel]);
        }

        Assert.Equal(12, painted.Take(32).Count(label => label == 1));
    }

    [Fact]
    public void Growth_is_limited_in_micrometres()
    {
        var extent = new Extent(1, 9, 30);
        int[] painted = [.. Enumerable.Range(0, (int)extent.Count).Select(voxel => voxel % 30 is >= 10 and < 20 ? 1 : 0)];
        var spacing = new Spacing(1, 1, 0.5);
        PaintedCells cells = Cells(extent, painted, [.. painted.Select(label => (float)label)], spacing);
        LabelVolume refined = Refinement.Apply(cells, new Volume(extent, spacing), new RefinementOptions { GrowMicrometres = 1.6 });
        Assert.Equal(new Block([0, 0, 7], [1, 9, 23]), refined.Cells()[0].Box);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void No_cell_is_lost(int rank)
    {
        LabelVolume truth = PackedCells.Make(Extent.Cube(rank, rank == 4 ? 10 : 24), 8, rank);
        PaintedCells painted = Painter.Paint(PackedCells.Detect(truth, 8), truth.Extent, truth.Extent, truth.Spacing, new PaintOptions());
        var random = new Random(1);
        var noise = new Volume(truth.Extent, truth.Spacing, [.. truth.Voxels.Select(_ => random.NextSingle())]);
        LabelVolume refined = Refinement.Apply(painted, noise, new RefinementOptions { SeedProbability = 1, SeedDepthMicrometres = 50 });
        Assert.Equal(painted.Labels.Cells().Select(cell => cell.Label), refined.Cells().Select(cell => cell.Label));
        Assert.Equal(painted.Labels.Voxels.Count(label => label > 0), refined.Voxels.Count(label => label > 0));
    }

    private static PaintedCells Cells(Extent extent, int[] labels, float[] probability, Spacing? spacing = null)
    {
        int count = labels.Max();
        var cells = new Detections(3, new float[6 * count], new float[count], new int[count], new Extent(1, 1, 1), new float[count]);
        Spacing steps = spacing ?? Spacing.Unit(3);
        return new PaintedCells(new LabelVolume(extent, steps, labels), new Volume(extent, steps, probability), cells);
    }

    private static int[] Flood(int[] labels, ushort[] relief, Extent extent)
    {
        var waiting = new SortedList<(int Level, int Turn), int>();
        int turn = 0;
        for (int voxel = 0; voxel < labels.Length; voxel++)
        {
            if (labels[voxel] > 0) waiting.Add((0, turn++), voxel);
        }

        while (waiting.Count > 0)
        {
            (int level, _) = waiting.Keys[0];
            int voxel = waiting.Values[0];
            waiting.RemoveAt(0);
            foreach (int neighbour in Neighbourhood.Of(voxel, extent))
            {
                if (labels[neighbour] != PriorityFlood.Open) continue;
                labels[neighbour] = labels[voxel];
                waiting.Add((Math.Max(level, relief[neighbour]), turn++), neighbour);
            }
        }

        return labels;
    }
}
