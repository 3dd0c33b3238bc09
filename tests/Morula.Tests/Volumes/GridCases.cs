using CsCheck;
using Morula.Volumes;

namespace Morula.Tests.Volumes;

/// <summary>Small random grids of rank 2, 3 and 4, and a walk over every position of one.</summary>
internal static class GridCases
{
    public static Gen<Extent> Extents { get; } =
        from rank in Gen.Int[2, 4]
        from sizes in Gen.Int[1, 6].Array[rank]
        select new Extent(sizes);

    public static Gen<(Extent From, Extent To)> Pairs { get; } =
        from rank in Gen.Int[2, 4]
        from one in Gen.Int[1, 6].Array[rank]
        from other in Gen.Int[1, 9].Array[rank]
        select (new Extent(one), new Extent(other));

    /// <summary>An extent and a block that may reach outside, lie outside or be empty.</summary>
    public static Gen<(Extent Extent, Block Block)> Blocks { get; } =
        from extent in Extents
        from lower in Gen.Int[-4, 8].Array[extent.Rank]
        from sizes in Gen.Int[0, 7].Array[extent.Rank]
        select (extent, new Block(lower, [.. lower.Zip(sizes, (start, size) => start + size)]));

    public static float[] Intensities(Extent extent, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)extent.Count).Select(_ => random.NextSingle() * 100)];
    }

    public static int[] Labels(Extent extent, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)extent.Count).Select(_ => Math.Max(0, random.Next(-2, 5)) * 3)];
    }

    public static IEnumerable<int[]> Positions(Extent extent)
    {
        var position = new int[extent.Rank];
        for (long count = 0; count < extent.Count; count++)
        {
            long rest = count;
            for (int axis = extent.Rank - 1; axis >= 0; axis--)
            {
                position[axis] = (int)(rest % extent[axis]);
                rest /= extent[axis];
            }

            yield return [.. position];
        }
    }

    public static bool Contains(Extent extent, int[] position) =>
        Enumerable.Range(0, extent.Rank).All(axis => position[axis] >= 0 && position[axis] < extent[axis]);

    /// <summary>The index of a position by Horner's rule.</summary>
    public static int IndexOf(Extent extent, int[] position)
    {
        int index = 0;
        for (int axis = 0; axis < extent.Rank; axis++) index = (index * extent[axis]) + position[axis];
        return index;
    }
}
