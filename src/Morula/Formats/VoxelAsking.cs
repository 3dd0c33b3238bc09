using Morula.Volumes;

namespace Morula.Formats;

/// <summary>In which blocks a volume is asked for while it is written, and how much of it is held at once.</summary>
internal static class VoxelAsking
{
    /// <summary>Voxels of a block that is asked for: enough to keep all cores at work on it, 16 MB as floating point.</summary>
    public const long MostAsked = 1 << 22;

    /// <summary>Bytes that are held because the file wants another order than the source has.</summary>
    public const long MostHeld = 1L << 28;

    /// <summary>
    /// Sizes of the blocks asked for: as long along the last axes as <paramref name="most"/> voxels allow, in whole pieces, or in
    /// parts of pieces where one alone is too large.
    /// </summary>
    public static Extent Asked(Extent extent, Extent piece, long most = MostAsked)
    {
        int[] unit = [.. piece.Sizes.ToArray().Zip(extent.Sizes.ToArray(), Math.Min)];
        for (int axis = 0; axis < unit.Length && new Extent(unit).Count > most; axis++)
            unit[axis] = (int)Math.Max(1, most / Math.Max(1, new Extent(unit.AsSpan(axis + 1)).Count));
        int[] sizes = [.. unit];
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            long times = most / new Extent(sizes).Count;
            sizes[axis] = (int)Math.Min(extent[axis], times * unit[axis]);
            if (sizes[axis] < extent[axis]) break;
        }

        return new Extent(sizes);
    }

    /// <summary>Sizes of what is held so that it is one run of the file: whole along all axes behind the first that is cut.</summary>
    public static Extent Run(Extent extent, Extent asked, int voxelBytes)
    {
        int[] sizes = [.. extent.Sizes];
        int axis = 0;
        for (; axis < sizes.Length - 1 && asked[axis] == 1; axis++) sizes[axis] = 1;
        sizes[axis] = asked[axis];
        for (; axis < sizes.Length && new Extent(sizes).Count * voxelBytes > MostHeld; axis++)
            sizes[axis] = (int)Math.Max(1, MostHeld / voxelBytes / Math.Max(1, new Extent(sizes.AsSpan(axis + 1)).Count));
        return new Extent(sizes);
    }

    /// <summary>Sizes of what is held so that whole chunks and, as far as memory allows, whole pieces lie in it.</summary>
    public static Extent Chunks(Extent extent, Extent piece, Extent chunk, int voxelBytes)
    {
        int[] sizes = new int[extent.Rank];
        for (int axis = 0; axis < sizes.Length; axis++) sizes[axis] = ((Math.Max(Math.Min(piece[axis], extent[axis]), chunk[axis]) - 1) / chunk[axis] * chunk[axis]) + chunk[axis];
        for (int axis = 0; axis < sizes.Length && new Extent(sizes).Count * voxelBytes > MostHeld; axis++)
        {
            long others = new Extent(sizes).Count / sizes[axis];
            sizes[axis] = (int)Math.Max(1, MostHeld / voxelBytes / others / chunk[axis]) * chunk[axis];
        }

        return Asked(extent, new Extent(sizes), Math.Max(MostAsked, new Extent(sizes).Count));
    }
}
