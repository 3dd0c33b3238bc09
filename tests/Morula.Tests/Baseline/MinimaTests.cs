using Morula.Baseline;
using Morula.Tests.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Baseline;

public sealed class MinimaTests
{
    [Theory, Ranks]
    public void Basins_and_depths_are_those_of_the_definition(int rank)
    {
        var random = new Random(rank);
        for (int round = 0; round < 20; round++)
        {
            var extent = new Extent([.. Enumerable.Range(0, rank).Select(_ => random.Next(1, rank == 2 ? 7 : 4))]);
            ushort[] relief = [.. Enumerable.Range(0, (int)extent.Count).Select(_ => (ushort)random.Next(12))];
            Assert.Equal(Slow(relief, extent), Minima.Find(relief, extent));
        }
    }

    [Theory]
    [MemberData(nameof(BaselineGolden.Names), MemberType = typeof(BaselineGolden))]
    public void Those_deep_enough_are_the_h_minima_of_scikit_image(int index)
    {
        BaselineGolden golden = BaselineGolden.Read(index);
        IReadOnlyList<Minimum> found = Minima.Find(golden.Levels, golden.Extent);
        foreach (var answer in golden.Answers)
            Assert.Equal(answer.Minima, found.Where(minimum => minimum.Depth >= answer.Depth).Select(minimum => minimum.Voxel).Order());
    }

    [Fact]
    public void A_flat_image_is_one_basin_without_depth() =>
        Assert.Equal([new Minimum(0, 0)], Minima.Find(new ushort[12], new Extent(3, 4)));

    [Fact]
    public void A_flat_bottom_is_one_basin() =>
        Assert.Equal([new Minimum(1, 8), new Minimum(5, 4)], Minima.Find([9, 1, 1, 7, 5, 3, 3, 9], new Extent(1, 8)));

    // Depth: the lowest pass to a lower place, or to an equal one that comes earlier.
    private static Minimum[] Slow(ushort[] relief, Extent extent)
    {
        int first = SpatialAxes.First(extent.Rank);
        int frame = relief.Length / (first == 0 ? 1 : extent[0]);
        var minima = new List<Minimum>();
        for (int voxel = 0; voxel < relief.Length; voxel++)
        {
            int[] pass = Passes(relief, extent, first, voxel);
            int[] lower = [.. Enumerable.Range(0, relief.Length).Where(other => pass[other] < int.MaxValue
                && (relief[other] < relief[voxel] || (relief[other] == relief[voxel] && other < voxel)))];
            int start = voxel / frame * frame;
            int level = lower.Length > 0 ? lower.Min(other => pass[other]) : relief.Skip(start).Take(frame).Max();
            if (level > relief[voxel] || lower.Length == 0) minima.Add(new Minimum(voxel, level - relief[voxel]));
        }

        return [.. minima.OrderByDescending(minimum => minimum.Depth).ThenBy(minimum => minimum.Voxel)];
    }

    // Per voxel, the least of the highest levels on the paths from one voxel to it.
    private static int[] Passes(ushort[] relief, Extent extent, int firstAxis, int from)
    {
        var pass = new int[relief.Length];
        Array.Fill(pass, int.MaxValue);
        pass[from] = relief[from];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int voxel = 0; voxel < pass.Length; voxel++)
            {
                foreach (int neighbour in Neighbourhood.Of(voxel, extent, firstAxis))
                {
                    if (pass[neighbour] == int.MaxValue || Math.Max(pass[neighbour], relief[voxel]) >= pass[voxel]) continue;
                    pass[voxel] = Math.Max(pass[neighbour], relief[voxel]);
                    changed = true;
                }
            }
        }

        return pass;
    }
}
