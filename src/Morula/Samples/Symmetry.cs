using Morula.Volumes;

namespace Morula.Samples;

/// <summary>
/// A symmetry of the grid: axes exchanged, then some mirrored. Output axis a shows source axis
/// <see cref="From"/>[a], backwards where <see cref="Mirrored"/>[a]. Time takes no part.
/// </summary>
internal sealed record Symmetry(int[] From, bool[] Mirrored)
{
    private const double SpacingTolerance = 0.1;

    public static Symmetry Identity(int rank) => new([.. Enumerable.Range(0, rank)], new bool[rank]);

    /// <summary>All symmetries that exchange only axes of like spacing: up to 48 in space, 8 in the plane.</summary>
    public static IEnumerable<Symmetry> All(Spacing spacing)
    {
        int first = SpatialAxes.First(spacing.Rank);
        foreach (int[] from in Orders(spacing, [.. Enumerable.Range(0, first)]))
        {
            for (int mirrors = 0; mirrors < 1 << (spacing.Rank - first); mirrors++)
                yield return new Symmetry(from, [.. from.Select((_, axis) => axis >= first && (mirrors >> (axis - first) & 1) == 1)]);
        }
    }

    /// <summary>One of <see cref="All"/>, each as likely.</summary>
    public static Symmetry Draw(Spacing spacing, Random random)
    {
        Symmetry[] all = [.. All(spacing)];
        return all[random.Next(all.Length)];
    }

    /// <summary>The sizes that this symmetry turns into <paramref name="after"/>.</summary>
    public Extent Before(Extent after)
    {
        var sizes = new int[after.Rank];
        for (int axis = 0; axis < sizes.Length; axis++) sizes[From[axis]] = after[axis];
        return new Extent(sizes);
    }

    /// <summary>The spacing after this symmetry.</summary>
    public Spacing Apply(Spacing spacing) => new([.. From.Select(axis => spacing[axis])]);

    /// <summary>Turns voxels of sizes <paramref name="before"/>.</summary>
    public T[] Apply<T>(T[] voxels, Extent before)
    {
        int rank = before.Rank;
        if (Equals(Identity(rank))) return voxels;
        long[] strides = before.Strides();
        var turned = new T[voxels.Length];
        int target = 0;
        Fill(0, 0);
        return turned;

        void Fill(int axis, long source)
        {
            int size = before[From[axis]];
            long step = Mirrored[axis] ? -strides[From[axis]] : strides[From[axis]];
            if (Mirrored[axis]) source += (size - 1) * strides[From[axis]];
            for (int index = 0; index < size; index++, source += step)
            {
                if (axis == rank - 1) turned[target++] = voxels[source];
                else Fill(axis + 1, source);
            }
        }
    }

    public bool Equals(Symmetry? other) =>
        other is not null && From.AsSpan().SequenceEqual(other.From) && Mirrored.AsSpan().SequenceEqual(other.Mirrored);

    public override int GetHashCode() => From.Zip(Mirrored).Aggregate(17, HashCode.Combine);

    private static IEnumerable<int[]> Orders(Spacing spacing, int[] chosen)
    {
        int axis = chosen.Length;
        if (axis == spacing.Rank) return [chosen];
        return Enumerable.Range(0, spacing.Rank)
            .Where(source => !chosen.Contains(source) && Math.Abs((spacing[source] / spacing[axis]) - 1) <= SpacingTolerance)
            .SelectMany(source => Orders(spacing, [.. chosen, source]));
    }
}
