using System.Buffers;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Reads the chunks that a selection meets and puts their voxels into place.</summary>
internal sealed class ZarrBlockReader<TVoxel>
{
    private readonly ZarrArray array;
    private readonly VolumeSelection selection;
    private readonly VoxelConversion.Convert<TVoxel> convert;
    private readonly int[] strides;
    private readonly long[] targetStrides;
    private readonly Block wanted;

    // Voxels are 0 from the start, which most chunks that were never written stand for.
    private readonly bool isFilledAlready;
    private readonly Lock gate = new();
    private long faultyChunk = long.MaxValue;
    private VolumeFormatException? fault;

    public ZarrBlockReader(ZarrArray array, ZarrAxes axes, VolumeSelection selection, VoxelConversion.Convert<TVoxel> convert)
    {
        (this.array, this.selection, this.convert) = (array, selection, convert);
        var fill = new TVoxel[1];
        isFilledAlready = convert(array.Layout.Type, array.Layout.Fill, 0, fill) && EqualityComparer<TVoxel>.Default.Equals(fill[0], default);
        int rank = array.Layout.Shape.Length;
        strides = array.Layout.Strides();
        targetStrides = new long[rank];
        long[] steps = selection.Part.Extent.Strides();
        var (lower, upper) = (new int[rank], Enumerable.Repeat(1, rank).ToArray());
        for (int axis = 0; axis < rank; axis++)
        {
            int place = "TZYX".IndexOf(axes.Letters[axis], StringComparison.Ordinal);
            if (place >= 0) (lower[axis], upper[axis], targetStrides[axis]) = (selection.Part.Lower[place], selection.Part.Upper[place], steps[place]);
            else if (axes.Letters[axis] == 'C') (lower[axis], upper[axis]) = (selection.Channel, selection.Channel + 1);
        }

        wanted = new Block(lower, upper);
    }

    public TVoxel[] Read()
    {
        int[] chunk = array.Layout.Chunk;
        int[] first = [.. chunk.Select((size, axis) => wanted.Lower[axis] / size)];
        int[] counts = [.. chunk.Select((size, axis) => ((wanted.Upper[axis] - 1) / size) - first[axis] + 1)];
        var voxels = new TVoxel[selection.Extent.Count];
        Parallel.For(0L, counts.Aggregate(1L, (product, count) => product * count), (index, state) =>
        {
            var place = new int[first.Length];
            long rest = index;
            for (int axis = place.Length - 1; axis >= 0; axis--)
            {
                place[axis] = first[axis] + (int)(rest % counts[axis]);
                rest /= counts[axis];
            }

            Attempt(index, place, voxels, state);
        });
        return fault is null ? voxels : throw fault;
    }

    // The fault reported is the first one, on however many cores.
    private void Attempt(long index, int[] place, TVoxel[] voxels, ParallelLoopState state)
    {
        try
        {
            byte[]? stored = array.Rent(place);
            try
            {
                Put(place, stored, voxels);
            }
            finally
            {
                if (stored is not null) ArrayPool<byte>.Shared.Return(stored);
            }
        }
        catch (VolumeFormatException found)
        {
            state.Break();
            lock (gate)
            {
                if (index < faultyChunk) (faultyChunk, fault) = (index, found);
            }
        }
    }

    private void Put(int[] place, byte[]? stored, TVoxel[] voxels)
    {
        ZarrLayout layout = array.Layout;
        int[] corner = [.. place.Select((number, axis) => number * layout.Chunk[axis])];
        int[] end = [.. corner.Select((from, axis) => (int)Math.Min(layout.Shape[axis], (long)from + layout.Chunk[axis]))];
        Block part = new Block(corner, end).Intersect(wanted);
        if (part.IsEmpty || (stored is null && isFilledAlready)) return;
        int rank = corner.Length;
        int columns = part.Extent[rank - 1];
        int[] position = part.Lower.ToArray();
        long rows = part.Extent.Count / columns;
        for (long row = 0; row < rows; row++)
        {
            var (from, to) = (0, 0L);
            for (int axis = 0; axis < rank; axis++)
            {
                from += (position[axis] - corner[axis]) * strides[axis];
                to += (position[axis] - wanted.Lower[axis]) * targetStrides[axis];
            }

            Span<TVoxel> target = voxels.AsSpan((int)to, columns);
            bool fits = stored is null
                ? convert(layout.Type, layout.Fill, 0, target)
                : convert(layout.Type, stored.AsSpan(from * TiffPage.SizeOf(layout.Type), layout.ChunkBytes - (from * TiffPage.SizeOf(layout.Type))), strides[^1], target);
            if (!fits) throw new VolumeFormatException(layout.FileOf(place), $"the chunk {string.Join(' ', place)} has a label below 0 or above {int.MaxValue}; renumber the labels.");
            for (int axis = rank - 2; axis >= 0 && ++position[axis] == part.Upper[axis]; axis--) position[axis] = part.Lower[axis];
        }
    }
}
