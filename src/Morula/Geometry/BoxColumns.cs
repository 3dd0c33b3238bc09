using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Morula.Geometry;

/// <summary>
/// Boxes on the host, one column per coordinate (structure of arrays), so that one box meets sixteen others per instruction.
/// Columns are padded with boxes from 0 to 0, which share nothing with any box.
/// </summary>
internal sealed unsafe class BoxColumns
{
    /// <summary>Boxes per vector.</summary>
    public const int Lanes = 16;

    private readonly int rank;
    private float[] columns; // 2D coordinates, then volumes; on the pinned heap
    private int capacity;

    /// <summary>Makes an empty set with room for some boxes.</summary>
    public BoxColumns(int rank, int room)
    {
        this.rank = rank;
        capacity = (Math.Max(room, 1) + Lanes - 1) / Lanes * Lanes;
        columns = Allocate(capacity);
    }

    /// <summary>Makes the set of boxes given as N x 2D numbers.</summary>
    public BoxColumns(ReadOnlySpan<float> boxes, int rank)
        : this(rank, boxes.Length / (2 * rank))
    {
        Count = boxes.Length / (2 * rank);
        Span<float> volumes = columns.AsSpan(2 * rank * capacity, Count);
        volumes.Fill(1);
        for (int axis = 0; axis < rank; axis++)
        {
            Span<float> lowers = columns.AsSpan(axis * capacity, Count);
            Span<float> uppers = columns.AsSpan((rank + axis) * capacity, Count);
            for (int box = 0, at = axis; box < Count; box++, at += 2 * rank)
            {
                (lowers[box], uppers[box]) = (boxes[at], boxes[at + rank]);
                volumes[box] *= Math.Max(0, uppers[box] - lowers[box]);
            }
        }
    }

    /// <summary>Number of boxes.</summary>
    public int Count { get; private set; }

    /// <summary>Number of boxes with the padding that fills the last vector.</summary>
    public int PaddedCount => (Count + Lanes - 1) / Lanes * Lanes;

    private float* Data => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(columns));

    /// <summary>Appends a box of 2D numbers.</summary>
    public void Add(ReadOnlySpan<float> box)
    {
        if (Count == capacity) Grow();
        for (int column = 0; column < 2 * rank; column++) columns[((long)column * capacity) + Count] = box[column];
        columns[(2L * rank * capacity) + Count] = Volume(box, rank);
        Count++;
    }

    /// <summary>One coordinate of all boxes.</summary>
    public ReadOnlySpan<float> Column(int column) => columns.AsSpan(column * capacity, Count);

    /// <summary>Whether any box overlaps <paramref name="box"/> by more than <paramref name="limit"/>.</summary>
    public bool AnyAbove(ReadOnlySpan<float> box, float limit)
    {
        float volume = Volume(box, rank);
        Vector512<float> most = Vector512.Create(limit);
        Vector512<float> nearly = Vector512.Create(limit * 0.9999f); // a product passes what only a slow division can decide
        fixed (float* corners = box)
        {
            for (int start = 0; start < Count; start += Lanes)
            {
                Vector512<float> shared = Shared(corners, start);
                Vector512<float> union = Union(shared, volume, start);
                if (Vector512.GreaterThanOrEqualAny(shared, union * nearly) && Vector512.GreaterThanAny(shared / union, most)) return true;
            }
        }

        return false;
    }

    /// <summary>Overlap of the box at <paramref name="corners"/> with the sixteen boxes from <paramref name="start"/>.</summary>
    /// <returns>False where none of them is touched; <paramref name="overlap"/> is then 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryOverlap(float* corners, float volume, int start, out Vector512<float> overlap)
    {
        overlap = Shared(corners, start);
        if (Vector512.EqualsAll(overlap, Vector512<float>.Zero)) return false;
        overlap /= Union(overlap, volume, start);
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
    private Vector512<float> Shared(float* corners, int start)
    {
        nint step = capacity;
        float* lower = Data + start;
        float* upper = lower + (rank * step);
        Vector512<float> shared = Vector512<float>.One;
        for (int axis = 0; axis < rank; axis++, lower += step, upper += step)
        {
            Vector512<float> end = Vector512.MinNative(Vector512.Load(upper), Vector512.Create(corners[rank + axis]));
            Vector512<float> size = end - Vector512.MaxNative(Vector512.Load(lower), Vector512.Create(corners[axis]));
            shared *= Vector512.MaxNative(size, Vector512<float>.Zero);
        }

        return shared;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Union(Vector512<float> shared, float volume, int start) =>
        Vector512.Load(Data + (2 * rank * (nint)capacity) + start) + Vector512.Create(volume) - shared;

    private void Grow()
    {
        int wider = capacity * 2;
        float[] moved = Allocate(wider);
        for (int column = 0; column <= 2 * rank; column++)
            columns.AsSpan(column * capacity, Count).CopyTo(moved.AsSpan(column * wider));
        (columns, capacity) = (moved, wider);
    }

    private float[] Allocate(int room) => GC.AllocateArray<float>(((2 * rank) + 1) * room, pinned: true);
}
