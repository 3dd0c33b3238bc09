using System.Runtime.Intrinsics;

namespace Morula.Layers;

/// <summary>Forward: adds up what a box reads from a slice, sixteen channels at once.</summary>
internal sealed unsafe class RoiAlignReader(RoiAlignPlan plan) : RoiAlignWalk(plan), IDisposable
{
    private readonly RoiAlignSlice pooled = new(plan.Bins.Count);
    private float* source;

    /// <summary>Pools one box from a packed slice into rows of bins, one row per channel.</summary>
    public void Pool(int roi, float* slice, float* channels, int count)
    {
        source = slice;
        Walk(roi);
        RoiAlignSlice.Unpack(pooled.Data, channels, pooled.Voxels, count, 0, pooled.Voxels);
    }

    /// <inheritdoc/>
    public void Dispose() => pooled.Dispose();

    /// <inheritdoc/>
    protected override void Visit(int firstBin, int row)
    {
        ReadOnlySpan<nint> offsets = Offsets;
        ReadOnlySpan<float> weights = Weights;
        int bins = Plan.Bins[Plan.Rank - 1];
        for (int bin = 0; bin < bins; bin++)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            int first = (row + bin) * Plan.TapsPerBin;
            for (int tap = first; tap < first + Plan.TapCount[row + bin]; tap++)
            {
                float* place = source + ((nint)Plan.TapVoxel[tap] * RoiAlignSlice.Lanes);
                Vector512<float> line = Vector512<float>.Zero;
                for (int corner = 0; corner < offsets.Length; corner++)
                    line = Vector512.MultiplyAddEstimate(Vector512.Create(weights[corner]), Vector512.Load(place + offsets[corner]), line);
                sum = Vector512.MultiplyAddEstimate(Vector512.Create(Plan.TapWeight[tap]), line, sum);
            }

            sum.Store(pooled.Data + ((nint)(firstBin + bin) * RoiAlignSlice.Lanes));
        }
    }
}
