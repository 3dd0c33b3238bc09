using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Morula.Geometry;

/// <summary>
/// Boxes on the host, one column per coordinate (structure of arrays), so that one box meets sixteen others per instruction.
/// Columns are padded with empty boxes that overlap nothing.
/// </summary>
internal sealed class BoxColumns
{
    /// <summary>Boxes per vector.</summary>
    public const int Lanes = 16;

    private readonly int rank;
    private float[] columns;
    private int capacity;

    /// <summary>Makes an empty set with room for some boxes.</summary>
    public BoxColumns(int rank, int room)
    {
        this.rank = rank;
        capacity = Padded(Math.Max(room, Lanes));
        columns = Empty(capacity);
    }

    /// <summary>Makes the set of boxes given as N x 2D numbers.</summary>
    public BoxColumns(ReadOnlySpan<float> boxes, int rank)
        : this(rank, boxes.Length / (2 * rank))
    {
        for (int start = 0; start < boxes.Length; start += 2 * rank) Add(boxes.Slice(start, 2 * rank));
    }

    /// <summary>Number of boxes.</summary>
    public int Count { get; private set; }

    /// <summary>Appends a box of 2D numbers.</summary>
    public void Add(ReadOnlySpan<float> box)
    {
        if (Count == capacity) Grow();
        for (int column = 0; column < 2 * rank; column++) columns[(column * capacity) + Count] = box[column];
        columns[(2 * rank * capacity) + Count] = Volume(box, rank);
        Count++;
    }

    /// <summary>Whether any box overlaps <paramref name="box"/> by more than <paramref name="limit"/>.</summary>
    public bool AnyAbove(ReadOnlySpan<float> box, float limit)
    {
        float volume = Volume(box, rank);
        Vector512<float> most = Vector512.Create(limit);
        for (int start = 0; start < Count; start += Lanes)
        {
            Vector512<float> shared = Shared(box, start);
            if (Vector512.EqualsAll(shared, Vector512<float>.Zero)) continue;
            if (Vector512.GreaterThanAny(shared / Union(shared, start, volume), most)) return true;
        }

        return false;
    }

    /// <summary>Overlap of <paramref name="box"/> (of the given volume) with the sixteen boxes from <paramref name="start"/>.</summary>
    /// <returns>False where none of them is touched; <paramref name="overlap"/> is then 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryOverlap(ReadOnlySpan<float> box, float volume, int start, out Vector512<float> overlap)
    {
        overlap = Shared(box, start);
        if (Vector512.EqualsAll(overlap, Vector512<float>.Zero)) return false;
        overlap /= Union(overlap, start, volume);
        return true;
    }

    /// <summary>Volume of a box of 2D numbers; 0 when inverted.</summary>
    public static float Volume(ReadOnlySpan<float> box, int rank)
    {
        float volume = 1;
        for (int axis = 0; axis < rank; axis++) volume *= Math.Max(0, box[rank + axis] - box[axis]);
        return volume;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Shared(ReadOnlySpan<float> box, int start)
    {
        ref float first = ref MemoryMarshal.GetArrayDataReference(columns);
        Vector512<float> shared = Vector512<float>.One;
        for (int axis = 0; axis < rank; axis++)
        {
            Vector512<float> lower = Vector512.LoadUnsafe(ref first, (nuint)((axis * capacity) + start));
            Vector512<float> upper = Vector512.LoadUnsafe(ref first, (nuint)(((rank + axis) * capacity) + start));
            Vector512<float> size = Vector512.MinNative(upper, Vector512.Create(box[rank + axis])) - Vector512.MaxNative(lower, Vector512.Create(box[axis]));
            shared *= Vector512.MaxNative(size, Vector512<float>.Zero);
        }

        return shared;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Union(Vector512<float> shared, int start, float volume) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(columns), (nuint)((2 * rank * capacity) + start)) + Vector512.Create(volume) - shared;

    private void Grow()
    {
        int wider = capacity * 2;
        float[] moved = Empty(wider);
        for (int column = 0; column <= 2 * rank; column++)
            columns.AsSpan(column * capacity, Count).CopyTo(moved.AsSpan(column * wider));
        (columns, capacity) = (moved, wider);
    }

    // Lower 0, upper 0: shares nothing with any box, whatever that box is.
    private float[] Empty(int room) => new float[((2 * rank) + 1) * room];

    private static int Padded(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)count);
}
