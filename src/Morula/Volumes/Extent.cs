using System.Diagnostics.CodeAnalysis;

namespace Morula.Volumes;

/// <summary>Sizes in voxels, one per axis in memory order (Y X, Z Y X or T Z Y X).</summary>
public readonly struct Extent : IEquatable<Extent>
{
    private readonly int[] sizes;

    /// <summary>Makes an extent from one size per axis; every size is at least 0.</summary>
    public Extent(params ReadOnlySpan<int> sizes)
    {
        foreach (int size in sizes) ArgumentOutOfRangeException.ThrowIfNegative(size);
        this.sizes = sizes.ToArray();
    }

    /// <summary>Number of axes.</summary>
    public int Rank => sizes?.Length ?? 0;

    /// <summary>Size along one axis, counted from the slowest.</summary>
    public int this[int axis] => sizes[axis];

    /// <summary>All sizes, slowest axis first.</summary>
    public ReadOnlySpan<int> Sizes => sizes;

    /// <summary>Number of voxels.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (int size in Sizes) count *= size;
            return count;
        }
    }

    /// <summary>The block from the origin to this extent.</summary>
    public Block Whole => new(new int[Rank], sizes);

    /// <summary>The same size along every axis.</summary>
    public static Extent Cube(int rank, int size)
    {
        var all = new int[rank];
        Array.Fill(all, size);
        return new Extent(all);
    }

    /// <summary>Steps between neighbours along each axis, in voxels of a contiguous array.</summary>
    public long[] Strides()
    {
        var strides = new long[Rank];
        long step = 1;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= sizes[axis];
        }

        return strides;
    }

    /// <summary>Cuts the extent into blocks of at most <paramref name="tile"/>, which cover it without overlap.</summary>
    public IEnumerable<Block> Split(Extent tile)
    {
        if (tile.Rank != Rank) throw new ArgumentException($"The tile has rank {tile.Rank} but the extent has rank {Rank}.", nameof(tile));
        if (tile.Sizes.Contains(0)) throw new ArgumentException($"A tile of {tile} covers nothing.", nameof(tile));
        return SplitFrom(tile, 0, new int[Rank], new int[Rank]);
    }

    /// <summary>Cuts the extent into blocks of at most so many voxels (at least one row) that follow each other in memory, in that order.</summary>
    /// <param name="mostVoxels">Voxels of a block.</param>
    internal IEnumerable<Block> Runs(long mostVoxels)
    {
        int[] run = [.. sizes];
        for (int axis = 0; axis < run.Length - 1 && new Extent(run).Count > mostVoxels; axis++)
            run[axis] = (int)Math.Clamp(mostVoxels / (new Extent(run).Count / run[axis]), 1, run[axis]);
        return Split(new Extent(run));
    }

    /// <inheritdoc/>
    public bool Equals(Extent other) => Sizes.SequenceEqual(other.Sizes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Extent other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int size in Sizes) hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>Equality of every size.</summary>
    public static bool operator ==(Extent left, Extent right) => left.Equals(right);

    /// <summary>Difference of any size.</summary>
    public static bool operator !=(Extent left, Extent right) => !left.Equals(right);

    /// <summary>Sizes joined by " x ", slowest axis first.</summary>
    public override string ToString() => string.Join(" x ", Sizes.ToArray());

    private IEnumerable<Block> SplitFrom(Extent tile, int axis, int[] lower, int[] upper)
    {
        if (axis == Rank)
        {
            yield return new Block(lower, upper);
            yield break;
        }

        for (int start = 0; start < sizes[axis]; start += tile[axis])
        {
            lower[axis] = start;
            upper[axis] = Math.Min(start + tile[axis], sizes[axis]);
            foreach (Block block in SplitFrom(tile, axis + 1, lower, upper)) yield return block;
        }
    }
}
