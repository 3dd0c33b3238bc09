using Morula.Inference;
using Morula.Volumes;

namespace Morula.Baseline;

/// <summary>
/// All basins of a relief with their depths (the dynamics of Grimaud 1992). Those of at least depth h are the h-minima that a
/// reconstruction by erosion of relief + h over the relief leaves (Soille 2003, 6.3.5), one for each flat bottom of it; here one flood
/// answers for every h. Voxels connect through faces; frames of a movie are apart.
/// </summary>
internal static class Minima
{
    private const int Dry = -1;

    /// <summary>The basins, deepest first, equal ones in memory order.</summary>
    /// <param name="relief">Level per voxel.</param>
    /// <param name="extent">Sizes.</param>
    public static IReadOnlyList<Minimum> Find(ushort[] relief, Extent extent)
    {
        var found = new List<Minimum>();
        int[] order = Rising(relief);
        // A covered voxel leads to the lowest voxel of its lake, which leads to itself.
        var towards = new int[relief.Length];
        Array.Fill(towards, Dry);
        var neighbours = new FaceNeighbours(extent);
        Span<int> room = stackalloc int[2 * extent.Rank];
        foreach (int voxel in order)
        {
            int lake = towards[voxel] = voxel;
            foreach (int neighbour in neighbours.Of(voxel, room))
            {
                if (towards[neighbour] != Dry) lake = Meet(lake, Bottom(towards, neighbour), relief[voxel]);
            }
        }

        AddLowest(relief, towards, order, found);
        return [.. found.OrderByDescending(minimum => minimum.Depth).ThenBy(minimum => minimum.Voxel)];

        int Meet(int one, int other, ushort level)
        {
            if (one == other) return one;
            // The higher bottom is swallowed; of equal ones the later.
            if (relief[other] < relief[one] || (relief[other] == relief[one] && other < one)) (one, other) = (other, one);
            towards[other] = one;
            if (level > relief[other]) found.Add(new Minimum(other, level - relief[other]));
            return one;
        }
    }

    // What no lake swallowed is the bottom of a whole frame.
    private static void AddLowest(ushort[] relief, int[] towards, int[] order, List<Minimum> found)
    {
        var highest = new Dictionary<int, ushort>();
        foreach (int voxel in order) highest[Bottom(towards, voxel)] = relief[voxel];
        foreach (var (bottom, level) in highest) found.Add(new Minimum(bottom, level - relief[bottom]));
    }

    private static int Bottom(int[] towards, int voxel)
    {
        while (towards[voxel] != voxel) voxel = towards[voxel] = towards[towards[voxel]];
        return voxel;
    }

    // Voxels by level, those of one level in memory order.
    private static int[] Rising(ushort[] relief)
    {
        var starts = new int[PriorityFlood.Levels + 1];
        foreach (ushort level in relief) starts[level + 1]++;
        for (int level = 0; level < PriorityFlood.Levels; level++) starts[level + 1] += starts[level];
        var order = new int[relief.Length];
        for (int voxel = 0; voxel < relief.Length; voxel++) order[starts[relief[voxel]]++] = voxel;
        return order;
    }
}
