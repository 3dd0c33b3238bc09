using System.Buffers;
using System.Numerics;
using Morula.Volumes;

namespace Morula.Regions;

/// <summary>Cuts the masks of cells from a label volume at the bins of their boxes: no mask is ever stored per cell.</summary>
internal static class MaskTargets
{
    /// <summary>Share of the cell in the linear neighbourhood of each bin's centre, R x mask numbers in [0, 1].</summary>
    /// <param name="labels">Truth of the image the boxes lie in.</param>
    /// <param name="boxes">R x 2D numbers, half-open, in voxels.</param>
    /// <param name="cells">R labels, one per box.</param>
    /// <param name="mask">Bins of one mask.</param>
    public static float[] Cut(LabelVolume labels, float[] boxes, int[] cells, Extent mask)
    {
        int rank = labels.Rank;
        var targets = new float[cells.Length * mask.Count];
        Parallel.For(0, cells.Length, index =>
        {
            AxisTaps[] taps = new AxisTaps[rank];
            for (int axis = 0; axis < rank; axis++)
                taps[axis] = AxisTaps.Of(boxes[(index * 2 * rank) + axis], boxes[(index * 2 * rank) + rank + axis], mask[axis], labels.Extent[axis]);
            Fill(labels, cells[index], taps, targets.AsSpan((int)(index * mask.Count), (int)mask.Count));
        });
        return targets;
    }

    // Axis by axis from the last to the first: a row of voxels becomes a row of bins, then rows of bins are mixed, then slices of them.
    private static void Fill(LabelVolume labels, int cell, AxisTaps[] taps, Span<float> target)
    {
        int last = taps.Length - 1, rows = 1, inner = taps[last].Bins;
        foreach (AxisTaps axis in taps.AsSpan(0, last)) rows *= axis.Voxels;
        float[] from = ArrayPool<float>.Shared.Rent(rows * inner);
        CutRows(labels, cell, taps, rows, from);
        for (int axis = last - 1; axis > 0; axis--)
        {
            rows /= taps[axis].Voxels;
            int given = taps[axis].Voxels * inner, found = taps[axis].Bins * inner;
            float[] to = ArrayPool<float>.Shared.Rent(rows * found);
            for (int row = 0; row < rows; row++) Mix(from.AsSpan(row * given, given), taps[axis], inner, to.AsSpan(row * found, found));
            ArrayPool<float>.Shared.Return(from);
            (from, inner) = (to, found);
        }

        Mix(from, taps[0], inner, target);
        ArrayPool<float>.Shared.Return(from);
    }

    private static void CutRows(LabelVolume labels, int cell, AxisTaps[] taps, int rows, float[] target)
    {
        int last = taps.Length - 1;
        AxisTaps along = taps[last];
        long[] strides = labels.Extent.Strides();
        var place = new int[last];
        for (int row = 0; row < rows; row++)
        {
            long offset = along.First;
            for (int axis = 0; axis < last; axis++) offset += strides[axis] * (taps[axis].First + place[axis]);
            ReadOnlySpan<int> voxels = labels.Voxels.AsSpan((int)offset, along.Voxels);
            Span<float> line = target.AsSpan(row * along.Bins, along.Bins);
            for (int bin = 0; bin < line.Length; bin++)
            {
                float share = along.Fraction[bin];
                line[bin] = (voxels[along.Low[bin]] == cell ? 1 - share : 0) + (voxels[along.High[bin]] == cell ? share : 0);
            }

            for (int axis = last - 1; axis >= 0 && ++place[axis] == taps[axis].Voxels; axis--) place[axis] = 0;
        }
    }

    // Stretches of `inner` numbers, one a voxel, become stretches one a bin.
    private static void Mix(ReadOnlySpan<float> from, AxisTaps taps, int inner, Span<float> to)
    {
        for (int bin = 0; bin < taps.Bins; bin++)
        {
            float share = taps.Fraction[bin];
            ReadOnlySpan<float> low = from.Slice(taps.Low[bin] * inner, inner), high = from.Slice(taps.High[bin] * inner, inner);
            Span<float> line = to.Slice(bin * inner, inner);
            int index = 0;
            for (; index <= inner - Vector<float>.Count; index += Vector<float>.Count)
                ((new Vector<float>(low[index..]) * (1 - share)) + (new Vector<float>(high[index..]) * share)).CopyTo(line[index..]);
            for (; index < inner; index++) line[index] = (low[index] * (1 - share)) + (high[index] * share);
        }
    }

    /// <summary>Along one axis: the two voxels around each bin's centre, counted from the first that any bin reads, and the share of the second.</summary>
    private readonly record struct AxisTaps(int First, int Voxels, int[] Low, int[] High, float[] Fraction)
    {
        public int Bins => Low.Length;

        public static AxisTaps Of(float lower, float upper, int bins, int size)
        {
            var (low, high, fraction) = (new int[bins], new int[bins], new float[bins]);
            for (int bin = 0; bin < bins; bin++)
            {
                double centre = lower + ((bin + 0.5) * (upper - lower) / bins) - 0.5;
                double inside = Math.Clamp(centre, 0, size - 1);
                low[bin] = (int)inside;
                high[bin] = Math.Min(size - 1, low[bin] + 1);
                fraction[bin] = (float)(inside - low[bin]);
            }

            // A box has its lower end first, so that bins follow its voxels.
            int first = low[0], voxels = high[^1] - first + 1;
            for (int bin = 0; bin < bins; bin++) (low[bin], high[bin]) = (low[bin] - first, high[bin] - first);
            return new AxisTaps(first, voxels, low, high, fraction);
        }
    }
}
