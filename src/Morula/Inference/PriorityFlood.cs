using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// Seeded watershed by flooding from the lowest level upward (Meyer 1991): each voxel takes the label of the neighbour through
/// whose face the flood reaches it first. Deterministic: equal levels are served in the order of arrival. Frames of a movie are
/// flooded separately: through time a flood would pass below the membranes of cells that move.
/// </summary>
internal static class PriorityFlood
{
    /// <summary>Number of levels of a relief.</summary>
    public const int Levels = 65536;

    /// <summary>Floods in place.</summary>
    /// <param name="labels">Seeds &gt; 0; voxels to fill hold <see cref="Open"/>; everything else stays as it is.</param>
    /// <param name="relief">Level per voxel.</param>
    /// <param name="extent">Sizes.</param>
    public static void Fill(int[] labels, ushort[] relief, Extent extent)
    {
        var queue = new BucketQueue(labels.Length, Levels);
        var neighbours = new FaceNeighbours(extent);
        Span<int> around = stackalloc int[2 * extent.Rank];
        for (int voxel = 0; voxel < labels.Length; voxel++)
        {
            if (labels[voxel] > 0 && Touches(labels, neighbours.Of(voxel, around))) queue.Add(voxel, 0);
        }

        while (queue.TryTake(out int voxel))
        {
            foreach (int neighbour in neighbours.Of(voxel, around))
            {
                if (labels[neighbour] != Open) continue;
                labels[neighbour] = labels[voxel];
                queue.Add(neighbour, relief[neighbour]);
            }
        }
    }

    /// <summary>Marks a voxel to be filled.</summary>
    public const int Open = -1;

    private static bool Touches(int[] labels, ReadOnlySpan<int> around)
    {
        foreach (int neighbour in around)
        {
            if (labels[neighbour] == Open) return true;
        }

        return false;
    }
}
