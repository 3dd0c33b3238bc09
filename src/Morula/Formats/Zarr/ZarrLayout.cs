namespace Morula.Formats;

/// <summary>What the metadata of a Zarr array say.</summary>
/// <param name="Folder">Folder of the array.</param>
/// <param name="Version">Version of Zarr, 2 or 3.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Chunk">Sizes of what is packed together; the last chunks may reach outside.</param>
/// <param name="Type">Type of a voxel.</param>
internal sealed record ZarrLayout(string Folder, int Version, int[] Shape, int[] Chunk, VoxelType Type)
{
    /// <summary>Sizes of what is one file, where that is several chunks.</summary>
    public int[]? Shard { get; init; }

    /// <summary>Whether the table of the chunks in a shard stands at its end, not its beginning.</summary>
    public bool IsIndexLast { get; init; } = true;

    /// <summary>Whether the table ends in a checksum.</summary>
    public bool HasIndexChecksum { get; init; }

    /// <summary>The axes from the slowest to the fastest in a chunk.</summary>
    public int[] Order { get; init; } = [.. Enumerable.Range(0, Shape.Length)];

    public bool IsBigEndian { get; init; }

    /// <summary>Packings in the order in which they were applied.</summary>
    public IReadOnlyList<ByteCodec> Codecs { get; init; } = [];

    /// <summary>Bytes of the voxel that stands where there is no chunk.</summary>
    public byte[] Fill { get; init; } = new byte[TiffPage.SizeOf(Type)];

    /// <summary>Names of the axes where they are known.</summary>
    public string[]? Axes { get; init; }

    /// <summary>What stands before the numbers of a chunk's file.</summary>
    public string KeyPrefix { get; init; } = "";

    /// <summary>What stands between them: a dot, or a slash for folders.</summary>
    public char KeySeparator { get; init; } = '.';

    public int ChunkVoxels => Chunk.Aggregate(1, (count, size) => count * size);

    public int ChunkBytes => ChunkVoxels * TiffPage.SizeOf(Type);

    /// <summary>The file of a chunk, or of a shard, by its place in the grid.</summary>
    public string FileOf(IEnumerable<int> place) =>
        Path.Combine(Folder, KeyPrefix + string.Join(KeySeparator == '/' ? Path.DirectorySeparatorChar : KeySeparator, place));

    /// <summary>Voxels from one neighbour to the next along each axis of a chunk.</summary>
    public int[] Strides()
    {
        var strides = new int[Chunk.Length];
        int step = 1;
        foreach (int axis in Order.Reverse())
        {
            strides[axis] = step;
            step *= Chunk[axis];
        }

        return strides;
    }
}
