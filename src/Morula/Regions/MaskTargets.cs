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

    private static void Fill(LabelVolume labels, int cell, AxisTaps[] taps, Span<float> target)
    {
        int rank = taps.Length;
        long[] strides = labels.Extent.Strides();
        var bin = new int[rank];
        for (int position = 0; position < target.Length; position++)
        {
            float share = 0;
            for (int corner = 0; corner < 1 << rank; corner++)
            {
                long offset = 0;
                float weight = 1;
                for (int axis = 0; axis < rank; axis++)
                {
                    bool high = (corner >> axis & 1) == 1;
                    offset += strides[axis] * (high ? taps[axis].High : taps[axis].Low)[bin[axis]];
                    float fraction = taps[axis].Fraction[bin[axis]];
                    weight *= high ? fraction : 1 - fraction;
                }

                if (weight > 0 && labels.Voxels[offset] == cell) share += weight;
            }

            target[position] = share;
            for (int axis = rank - 1; axis >= 0 && ++bin[axis] == taps[axis].Low.Length; axis--) bin[axis] = 0;
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
