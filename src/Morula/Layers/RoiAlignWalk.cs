namespace Morula.Layers;

/// <summary>
/// Walks the bins of one box and knows, at every bin, the products of the taps of all axes but the last; these corners are shared
/// by a whole row of bins. One walk belongs to one worker.
/// </summary>
internal abstract unsafe class RoiAlignWalk
{
    private readonly long[] steps;
    private readonly int[] counts;
    private readonly nint[][] offsets;
    private readonly float[][] weights;
    private readonly int last;
    private int limitedAxis = -1;
    private int limitFrom;
    private int limitTo;

    /// <summary>Makes room for the corners.</summary>
    protected RoiAlignWalk(RoiAlignPlan plan)
    {
        Plan = plan;
        last = plan.Rank - 1;
        steps = plan.Steps();
        counts = new int[plan.Rank];
        offsets = new nint[plan.Rank][];
        weights = new float[plan.Rank][];
        int room = 1;
        for (int axis = 0; axis < plan.Rank; axis++)
        {
            (offsets[axis], weights[axis]) = (new nint[room], new float[room]);
            room *= plan.TapsPerBin;
        }

        (counts[0], weights[0][0]) = (1, 1);
    }

    /// <summary>What the boxes read.</summary>
    protected RoiAlignPlan Plan { get; }

    /// <summary>Corners of the present row of bins: places in the slice, in numbers.</summary>
    protected ReadOnlySpan<nint> Offsets => offsets[last].AsSpan(0, counts[last]);

    /// <summary>Corners of the present row of bins: weights.</summary>
    protected ReadOnlySpan<float> Weights => weights[last].AsSpan(0, counts[last]);

    /// <summary>Restricts the walk to voxels [from, to) of an axis other than the last.</summary>
    public void Limit(int axis, int from, int to) => (limitedAxis, limitFrom, limitTo) = (axis, from, to);

    /// <summary>Visits all bins of a box, in memory order.</summary>
    protected void Walk(int roi) => Descend(roi, 0, 0);

    /// <summary>Handles one row of bins along the last axis.</summary>
    /// <param name="firstBin">Index of the row's first bin among all bins of the box.</param>
    /// <param name="row">Row of taps of that bin; see <see cref="RoiAlignPlan.Row"/>.</param>
    protected abstract void Visit(int firstBin, int row);

    private void Descend(int roi, int axis, int bin)
    {
        int row = Plan.Row(roi, axis);
        if (axis == last)
        {
            Visit(bin * Plan.Bins[axis], row);
            return;
        }

        for (int along = 0; along < Plan.Bins[axis]; along++)
        {
            Extend(axis, row + along);
            Descend(roi, axis + 1, (bin * Plan.Bins[axis]) + along);
        }
    }

    // Corners of the next axis = corners so far x taps of this axis.
    private void Extend(int axis, int row)
    {
        int count = 0;
        int first = row * Plan.TapsPerBin;
        for (int tap = first; tap < first + Plan.TapCount[row]; tap++)
        {
            int voxel = Plan.TapVoxel[tap];
            if (axis == limitedAxis && (voxel < limitFrom || voxel >= limitTo)) continue;
            var offset = (nint)(voxel * steps[axis] * RoiAlignSlice.Lanes);
            for (int corner = 0; corner < counts[axis]; corner++, count++)
            {
                offsets[axis + 1][count] = offsets[axis][corner] + offset;
                weights[axis + 1][count] = weights[axis][corner] * Plan.TapWeight[tap];
            }
        }

        counts[axis + 1] = count;
    }
}
