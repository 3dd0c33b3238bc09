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
            SmoothingMicrometres = 0.5, SeedProbability = 0.9, SeedDepthMicrometres = 2,
        });
        for (int voxel = 0; voxel < painted.Length; voxel++)
        {
            if (voxel % 32 != 16) Assert.Equal(voxel % 32 < 16 ? 1 : 2, refined.Voxels[voxel]);
        }

        Assert.Equal(12, painted.Take(32).Count(label => label == 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void Growth_is_limited_in_micrometres(double close)
    {
        var extent = new Extent(1, 9, 30);
        int[] painted = [.. Enumerable.Range(0, (int)extent.Count).Select(voxel => voxel % 30 is >= 10 and < 20 ? 1 : 0)];
        var spacing = new Spacing(1, 1, 0.5);
        PaintedCells cells = Cells(extent, painted, [.. painted.Select(label => (float)label)], spacing);
        LabelVolume refined = Refinement.Apply(cells, new Volume(extent, spacing), new RefinementOptions
        {
            GrowMicrometres = 1.6, CloseMicrometres = close, OutsideCompetes = false,
        });
        Assert.Equal(new Block([0, 0, 7], [1, 9, 23]), refined.Cells()[0].Box);
    }

    [Fact]
    public void A_cleft_is_closed_and_the_outer_surface_stays()
    {
        var extent = new Extent(1, 27, 40);
        int[] painted = [.. Enumerable.Range(0, (int)extent.Count).Select(voxel => (voxel / 40, voxel % 40) switch
        {
            ( < 6 or >= 21, _) or (_, < 5 or >= 35) => 0,
            (_, < 18) => 1,
            (_, >= 22) => 2,
            _ => 0,
        })];
        PaintedCells cells = Cells(extent, painted, [.. painted.Select(label => (float)Math.Min(1, label))]);
        float[] image = [.. Enumerable.Range(0, (int)extent.Count).Select(voxel => voxel % 40 == 20 ? 9f : 0f)];
        LabelVolume refined = Refinement.Apply(cells, new Volume(extent, Spacing.Unit(3), image), new RefinementOptions
        {
            CloseMicrometres = 3, GrowMicrometres = 0, OutsideCompetes = false,
        });
        int[] middle = refined.Voxels[(13 * 40)..(14 * 40)];
        Assert.Equal([0, 1, 2, 0], (int[])[middle[4], middle[19], middle[21], middle[35]]);
        Assert.DoesNotContain(0, middle[5..35]);
        Assert.All(refined.Voxels[..(6 * 40)], label => Assert.Equal(0, label));
    }

    [Fact]
    public void A_competing_outside_brings_the_surface_to_the_membrane()
    {
        // A square cell painted 3 voxels too small inside a bright frame.
        var extent = new Extent(1, 40, 40);
        static int Out(int voxel) => Math.Max(Math.Abs((voxel / 40) - 20), Math.Abs((voxel % 40) - 20));
        int[] painted = [.. Enumerable.Range(0, 1600).Select(voxel => Out(voxel) <= 9 ? 1 : 0)];
        float[] image = [.. Enumerable.Range(0, 1600).Select(voxel => Out(voxel) == 13 ? 9f : 0f)];
        PaintedCells cells = Cells(extent, painted, [.. painted.Select(label => (float)label)]);
        LabelVolume refined = Refinement.Apply(cells, new Volume(extent, Spacing.Unit(3), image), new RefinementOptions
        {
            GrowMicrometres = 7, CloseMicrometres = 0, SmoothingMicrometres = 0,
        });
        for (int voxel = 0; voxel < 1600; voxel++)
        {
            if (Out(voxel) != 13) Assert.Equal(Out(voxel) < 13 ? 1 : 0, refined.Voxels[voxel]);
        }
    }

    [Fact]
    public void Frames_are_refined_one_by_one()
    {
        LabelVolume frame = PackedCells.Make(Extent.Cube(3, 24), 8, 3);
        var random = new Random(1);
        float[] noise = [.. frame.Voxels.Select(_ => random.NextSingle())];
        float[] certain = [.. frame.Voxels.Select(_ => 1f)];
        LabelVolume once = Refinement.Apply(Cells(frame.Extent, frame.Voxels, certain), new Volume(frame.Extent, frame.Spacing, noise), new RefinementOptions());
        var extent = new Extent(2, 24, 24, 24);
        PaintedCells movie = Cells(extent, [.. frame.Voxels, .. frame.Voxels], [.. certain, .. certain], Spacing.Unit(4));
        LabelVolume twice = Refinement.Apply(movie, new Volume(extent, Spacing.Unit(4), [.. noise, .. noise]), new RefinementOptions());
        Assert.Equal([.. once.Voxels, .. once.Voxels], twice.Voxels);
        Assert.NotEqual(frame.Voxels, once.Voxels);
    }

    [Fact]
    public void A_gap_takes_the_voxels_whose_centres_are_near_another_cell()
    {
        LabelVolume cells = PackedCells.Make(new Extent(10, 14, 16), 5, 8, new Spacing(0.43, 0.18, 0.18));
        LabelVolume cut = CellGap.Cut(cells, 0.4);
        for (int voxel = 0; voxel < cells.Voxels.Length; voxel++)
        {
            int[] here = Neighbourhood.Coordinates(voxel, cells.Extent);
            bool near = Enumerable.Range(0, cells.Voxels.Length).Any(other => cells.Voxels[other] != cells.Voxels[voxel]
                && Neighbourhood.Coordinates(other, cells.Extent).Select((place, axis) => Math.Pow((place - here[axis]) * cells.Spacing[axis], 2)).Sum() <= 0.16);
            Assert.Equal(near ? 0 : cells.Voxels[voxel], cut.Voxels[voxel]);
        }

        Assert.Same(cells, CellGap.Cut(cells, 0.1));
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
        LabelVolume refined = Refinement.Apply(painted, noise, new RefinementOptions
        {
            SeedProbability = 1, SeedDepthMicrometres = 50, GrowMicrometres = 0, CloseMicrometres = 0, OutsideCompetes = false,
        });
        Assert.Equal(painted.Labels.Cells().Select(cell => cell.Label), refined.Cells().Select(cell => cell.Label));
        Assert.Equal(painted.Labels.Voxels.Count(label => label > 0), refined.Voxels.Count(label => label > 0));
    }

    private static PaintedCells Cells(Extent extent, int[] labels, float[] probability, Spacing? spacing = null)
    {
        int count = labels.Max();
        var cells = new Detections(extent.Rank, new float[2 * extent.Rank * count], new float[count], new int[count], Extent.Cube(extent.Rank, 1), new float[count]);
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
            foreach (int neighbour in Neighbourhood.Of(voxel, extent, Math.Max(0, extent.Rank - 3)))
            {
                if (labels[neighbour] != PriorityFlood.Open) continue;
                labels[neighbour] = labels[voxel];
                waiting.Add((Math.Max(level, relief[neighbour]), turn++), neighbour);
            }
        }

        return labels;
    }
}
