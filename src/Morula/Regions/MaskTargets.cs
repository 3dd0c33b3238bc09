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

    // Row by row of bins along the last axis: where the rows of voxels around it begin, and their weights, are the same for a whole row.
    private static void Fill(LabelVolume labels, int cell, AxisTaps[] taps, Span<float> target)
    {
        int last = taps.Length - 1;
        AxisTaps along = taps[last];
        long[] strides = labels.Extent.Strides();
        var rows = new (long Offset, float Weight)[1 << last];
        var bin = new int[last];
        for (int first = 0; first < target.Length; first += along.Low.Length)
        {
            int count = Corners(taps.AsSpan(0, last), bin, strides, rows);
            foreach (var (offset, weight) in rows.AsSpan(0, count)) Add(labels.Voxels.AsSpan((int)offset, labels.Extent[last]), cell, along, weight, target.Slice(first, along.Low.Length));
            for (int axis = last - 1; axis >= 0 && ++bin[axis] == taps[axis].Low.Length; axis--) bin[axis] = 0;
        }
    }

    private static int Corners(ReadOnlySpan<AxisTaps> taps, int[] bin, long[] strides, (long Offset, float Weight)[] rows)
    {
        rows[0] = (0, 1);
        int count = 1;
        for (int axis = 0; axis < taps.Length; axis++)
        {
            float share = taps[axis].Fraction[bin[axis]];
            int before = count;
            for (int row = 0; row < before; row++)
            {
                var (offset, weight) = rows[row];
                rows[row] = (offset + (strides[axis] * taps[axis].Low[bin[axis]]), weight * (1 - share));
                if (share > 0) rows[count++] = (offset + (strides[axis] * taps[axis].High[bin[axis]]), weight * share);
            }
        }

        return count;
    }

    private static void Add(ReadOnlySpan<int> row, int cell, AxisTaps along, float weight, Span<float> target)
    {
        for (int bin = 0; bin < target.Length; bin++)
        {
            float share = along.Fraction[bin];
            float low = row[along.Low[bin]] == cell ? 1 - share : 0;
            float high = row[along.High[bin]] == cell ? share : 0;
            target[bin] += weight * (low + high);
        }
    }

    /// <summary>Along one axis: the two voxels around each bin's centre and the share of the second.</summary>
    private readonly record struct AxisTaps(int[] Low, int[] High, float[] Fraction)
    {
        public static AxisTaps Of(float lower, float upper, int bins, int size)
        {
            var taps = new AxisTaps(new int[bins], new int[bins], new float[bins]);
            for (int bin = 0; bin < bins; bin++)
            {
                double centre = lower + ((bin + 0.5) * (upper - lower) / bins) - 0.5;
                double inside = Math.Clamp(centre, 0, size - 1);
                taps.Low[bin] = (int)inside;
                taps.High[bin] = Math.Min(size - 1, taps.Low[bin] + 1);
                taps.Fraction[bin] = (float)(inside - taps.Low[bin]);
            }

            return taps;
        }
    }
}
