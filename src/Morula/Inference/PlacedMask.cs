using System.Numerics;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// One mask laid over a grid of voxels. Bin b of M has its centre at (b + 0.5) / M of the box; between centres the probability is
/// linear along every axis, and it falls to 0 over <c>edge</c> bins beyond the outermost centres (1: it halves at the side of the box).
/// </summary>
internal sealed class PlacedMask
{
    private readonly int[][] low;
    private readonly float[][] fraction;
    private readonly float[] padded;
    private readonly int[] sizes;

    /// <param name="mask">Probabilities of the bins, last axis fastest.</param>
    /// <param name="bins">Number of bins per axis.</param>
    /// <param name="box">2D numbers in voxels of the grid: lowers, then uppers.</param>
    /// <param name="within">The voxels of interest.</param>
    /// <param name="edge">Distance in bins from an outermost bin centre to probability 0.</param>
    public PlacedMask(ReadOnlySpan<float> mask, Extent bins, ReadOnlySpan<double> box, Block within, double edge)
    {
        int rank = bins.Rank;
        (low, fraction, sizes) = (new int[rank][], new float[rank][], new int[rank]);
        var (from, to) = (new int[rank], new int[rank]);
        for (int axis = 0; axis < rank; axis++)
        {
            double bin = (box[rank + axis] - box[axis]) / bins[axis];
            double reach = (edge - 0.5) * bin;
            sizes[axis] = bins[axis] + 2;
            from[axis] = Floor(box[axis] - reach - 0.5, within.Lower[axis], within.Upper[axis]);
            to[axis] = bin > 0 ? Floor(box[rank + axis] + reach + 1.5, from[axis], within.Upper[axis]) : from[axis];
            (low[axis], fraction[axis]) = Taps(from[axis], to[axis], box[axis], bin, bins[axis], edge);
        }

        Block = new Block(from, to);
        padded = Pad(mask, bins);
    }

    /// <summary>The voxels the mask may reach.</summary>
    public Block Block { get; }

    /// <summary>Receives the probabilities of a row of voxels.</summary>
    /// <param name="start">Index of the first voxel in the grid.</param>
    /// <param name="probabilities">One per voxel.</param>
    public delegate void RowVisitor(long start, ReadOnlySpan<float> probabilities);

    /// <summary>Visits the rows of a region where the mask is not 0.</summary>
    /// <param name="region">Voxels of the grid.</param>
    /// <param name="strides">Steps of the grid.</param>
    /// <param name="buffers">From <see cref="Buffers"/>, one set per thread; the last must hold a row of the region.</param>
    /// <param name="visit">Called row by row in memory order.</param>
    public void Visit(Block region, long[] strides, float[][] buffers, RowVisitor visit)
    {
        Block shared = region.Intersect(Block);
        if (!shared.IsEmpty) Descend(0, padded, 0, shared, strides, buffers, visit);
    }

    /// <summary>Room for the partly interpolated mask of each axis, and for a row.</summary>
    public static float[][] Buffers(Extent bins, int longestRow)
    {
        var buffers = new float[bins.Rank][];
        buffers[^1] = new float[longestRow];
        int inner = 1;
        for (int axis = bins.Rank - 2; axis >= 0; axis--) buffers[axis] = new float[inner *= bins[axis + 1] + 2];
        return buffers;
    }

    private void Descend(int axis, ReadOnlySpan<float> mask, long start, Block region, long[] strides, float[][] buffers, RowVisitor visit)
    {
        int skip = region.Lower[axis] - Block.Lower[axis];
        int count = region.Upper[axis] - region.Lower[axis];
        if (axis == sizes.Length - 1)
        {
            Span<float> row = buffers[axis].AsSpan(0, count);
            Interpolate(mask, low[axis].AsSpan(skip, count), fraction[axis].AsSpan(skip, count), row);
            visit(start + region.Lower[axis], row);
            return;
        }

        int inner = mask.Length / sizes[axis];
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<float> first = mask.Slice(low[axis][skip + index] * inner, inner);
            ReadOnlySpan<float> second = mask.Slice((low[axis][skip + index] + 1) * inner, inner);
            if (Blend(first, second, fraction[axis][skip + index], buffers[axis]))
                Descend(axis + 1, buffers[axis].AsSpan(0, inner), start + ((region.Lower[axis] + index) * strides[axis]), region, strides, buffers, visit);
        }
    }

    private static void Interpolate(ReadOnlySpan<float> line, ReadOnlySpan<int> low, ReadOnlySpan<float> fraction, Span<float> row)
    {
        for (int index = 0; index < row.Length; index++)
        {
            float first = line[low[index]];
            row[index] = first + (fraction[index] * (line[low[index] + 1] - first));
        }
    }

    /// <summary>Blends two lines and tells whether anything but 0 came out.</summary>
    private static bool Blend(ReadOnlySpan<float> first, ReadOnlySpan<float> second, float fraction, Span<float> target)
    {
        int index = 0;
        var weight = new Vector<float>(fraction);
        Vector<float> any = Vector<float>.Zero;
        for (; index <= first.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            var start = new Vector<float>(first[index..]);
            Vector<float> blend = start + (weight * (new Vector<float>(second[index..]) - start));
            blend.CopyTo(target[index..]);
            any = Vector.Max(any, blend);
        }

        bool found = any != Vector<float>.Zero;
        for (; index < first.Length; index++)
        {
            target[index] = first[index] + (fraction * (second[index] - first[index]));
            found |= target[index] > 0;
        }

        return found;
    }

    private static (int[] Low, float[] Fraction) Taps(int from, int to, double lower, double bin, int bins, double edge)
    {
        var (low, fraction) = (new int[to - from], new float[to - from]);
        for (int index = 0; index < low.Length; index++)
        {
            double place = ((from + index + 0.5 - lower) / bin) - 0.5;
            if (place < 0) place /= edge;
            if (place > bins - 1) place = bins - 1 + ((place - bins + 1) / edge);
            place = Math.Clamp(place, -1, bins) + 1;
            low[index] = Math.Min((int)place, bins);
            fraction[index] = (float)(place - low[index]);
        }

        return (low, fraction);
    }

    private static int Floor(double value, int least, int most) => (int)Math.Clamp(Math.Floor(value), least, most);

    private static float[] Pad(ReadOnlySpan<float> mask, Extent bins)
    {
        var grown = new Block(new int[bins.Rank], bins.Sizes).Grow([.. Enumerable.Repeat(1, bins.Rank)]);
        return new Volume(bins, Spacing.Unit(bins.Rank), mask.ToArray()).Crop(grown).Voxels;
    }
}
