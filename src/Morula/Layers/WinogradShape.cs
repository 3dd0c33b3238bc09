namespace Morula.Layers;

/// <summary>Sizes of a convolution by minimal filtering: a tile is the two voxels along each axis that are computed at once.</summary>
internal readonly struct WinogradShape
{
    /// <summary>Products of a tile and a pair of channels: 4 along each axis.</summary>
    public const int Products = 64;

    /// <summary>Tiles of a block, whose numbers stay in the second cache.</summary>
    public const int TilesOfBlock = 12;

    /// <summary>Of maps [N, Z, Y, X, C] and so many channels of the result.</summary>
    public WinogradShape(ReadOnlySpan<long> map, int outputs)
    {
        (Slices, Rows, Columns, Inputs, Outputs) = ((int)map[1], (int)map[2], (int)map[3], (int)map[4], outputs);
        Tiles = map[0] * ((Slices + 1) / 2) * ((Rows + 1) / 2) * ((Columns + 1) / 2);
    }

    /// <summary>Z.</summary>
    public int Slices { get; }

    /// <summary>Y.</summary>
    public int Rows { get; }

    /// <summary>X.</summary>
    public int Columns { get; }

    /// <summary>C.</summary>
    public int Inputs { get; }

    /// <summary>K.</summary>
    public int Outputs { get; }

    /// <summary>Of all maps.</summary>
    public long Tiles { get; }

    /// <summary>Blocks of tiles, the last of which may be short.</summary>
    public long Blocks => (Tiles + TilesOfBlock - 1) / TilesOfBlock;

    /// <summary>Map of a tile, and its first voxel there.</summary>
    public (long Map, int Slice, int Row, int Column) At(long tile)
    {
        int across = (Columns + 1) / 2, down = (Rows + 1) / 2, deep = (Slices + 1) / 2;
        long row = tile / across, slice = row / down;
        return (slice / deep, 2 * (int)(slice % deep), 2 * (int)(row % down), 2 * (int)(tile % across));
    }
}
