namespace Morula.Inference;

/// <summary>Voxels waiting by level, lowest level first, first come first served within a level. Each voxel waits at most once.</summary>
internal sealed class BucketQueue
{
    private readonly int[] next;
    private readonly int[] heads;
    private readonly int[] tails;
    private int lowest;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="voxels">Number of voxels.</param>
    /// <param name="levels">Number of levels.</param>
    public BucketQueue(int voxels, int levels)
    {
        (next, heads, tails) = (new int[voxels], new int[levels], new int[levels]);
        Array.Fill(heads, -1);
    }

    /// <summary>Appends a voxel; a level that has been passed counts as the current one.</summary>
    public void Add(int voxel, int level)
    {
        level = Math.Max(level, lowest);
        next[voxel] = -1;
        if (heads[level] < 0) heads[level] = voxel;
        else next[tails[level]] = voxel;
        tails[level] = voxel;
    }

    /// <summary>Takes the next voxel; false when none waits.</summary>
    public bool TryTake(out int voxel)
    {
        while (lowest < heads.Length && heads[lowest] < 0) lowest++;
        voxel = lowest < heads.Length ? heads[lowest] : -1;
        if (voxel < 0) return false;
        heads[lowest] = next[voxel];
        return true;
    }
}
