using System.Diagnostics.CodeAnalysis;

namespace Morula.Volumes;

/// <summary>An integer box in voxels, half-open: lower is inside, upper is the first voxel outside.</summary>
public readonly struct Block : IEquatable<Block>
{
    private readonly int[] lower;
    private readonly int[] upper;

    /// <summary>Makes a block from its corners, one number per axis, slowest axis first.</summary>
    public Block(ReadOnlySpan<int> lower, ReadOnlySpan<int> upper)
    {
        if (lower.Length != upper.Length) throw new ArgumentException("Lower and upper corners must have one rank.", nameof(upper));
        this.lower = lower.ToArray();
        this.upper = upper.ToArray();
    }

    /// <summary>Number of axes.</summary>
    public int Rank => lower?.Length ?? 0;

    /// <summary>First voxel inside, per axis.</summary>
    public ReadOnlySpan<int> Lower => lower;

    /// <summary>First voxel outside, per axis.</summary>
    public ReadOnlySpan<int> Upper => upper;

    /// <summary>Sizes per axis; 0 where upper does not exceed lower.</summary>
    public Extent Extent
    {
        get
        {
            var sizes = new int[Rank];
            for (int axis = 0; axis < sizes.Length; axis++) sizes[axis] = Math.Max(0, upper[axis] - lower[axis]);
            return new Extent(sizes);
        }
    }

    /// <summary>Whether no voxel lies inside.</summary>
    public bool IsEmpty => Extent.Count == 0;

    /// <summary>Adds a margin on both sides of every axis.</summary>
    public Block Grow(ReadOnlySpan<int> margin)
    {
        var (from, to) = (lower.ToArray(), upper.ToArray());
        for (int axis = 0; axis < from.Length; axis++)
        {
            from[axis] -= margin[axis];
            to[axis] += margin[axis];
        }

        return new Block(from, to);
    }

    /// <summary>The part shared with another block; empty (not inverted) where they do not meet.</summary>
    public Block Intersect(Block other)
    {
        var (from, to) = (lower.ToArray(), upper.ToArray());
        for (int axis = 0; axis < from.Length; axis++)
        {
            from[axis] = Math.Max(from[axis], other.lower[axis]);
            to[axis] = Math.Max(from[axis], Math.Min(to[axis], other.upper[axis]));
        }

        return new Block(from, to);
    }

    /// <summary>The part inside an extent.</summary>
    public Block ClipTo(Extent extent) => Intersect(extent.Whole);

    /// <summary>The block moved by one offset per axis.</summary>
    public Block Shift(ReadOnlySpan<int> offset)
    {
        var (from, to) = (lower.ToArray(), upper.ToArray());
        for (int axis = 0; axis < from.Length; axis++)
        {
            from[axis] += offset[axis];
            to[axis] += offset[axis];
        }

        return new Block(from, to);
    }

    /// <inheritdoc/>
    public bool Equals(Block other) => Lower.SequenceEqual(other.Lower) && Upper.SequenceEqual(other.Upper);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Block other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int value in Lower) hash.Add(value);
        foreach (int value in Upper) hash.Add(value);
        return hash.ToHashCode();
    }

    /// <summary>Equality of both corners.</summary>
    public static bool operator ==(Block left, Block right) => left.Equals(right);

    /// <summary>Difference of any corner.</summary>
    public static bool operator !=(Block left, Block right) => !left.Equals(right);

    /// <summary>Corners as "[lower .. upper)".</summary>
    public override string ToString() => $"[{string.Join(' ', lower)} .. {string.Join(' ', upper)})";
}
