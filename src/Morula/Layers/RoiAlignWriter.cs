using System.Runtime.Intrinsics;

namespace Morula.Layers;

/// <summary>Backward: adds the gradient of a box to the voxels of a slice that the box has read.</summary>
internal sealed unsafe class RoiAlignWriter(RoiAlignPlan plan) : RoiAlignWalk(plan)
{
    private float* outgoing;
    private float* target;

    /// <summary>Spreads packed gradients [bins, 16] of one box over a packed slice.</summary>
    public void Spread(int roi, float* gradients, float* slice)
    {
        outgoing = gradients;
        target = slice;
        Walk(roi);
    }

    /// <inheritdoc/>
    protected override void Visit(int firstBin, int row)
    {
        ReadOnlySpan<nint> offsets = Offsets;
        ReadOnlySpan<float> weights = Weights;
        if (offsets.IsEmpty) return;
        int bins = Plan.Bins[Plan.Rank - 1];
        for (int bin = 0; bin < bins; bin++)
        {
            Vector512<float> gradient = Vector512.Load(outgoing + ((nint)(firstBin + bin) * RoiAlignSlice.Lanes));
            int first = (row + bin) * Plan.TapsPerBin;
            for (int tap = first; tap < first + Plan.TapCount[row + bin]; tap++)
            {
                float* place = target + ((nint)Plan.TapVoxel[tap] * RoiAlignSlice.Lanes);
                Vector512<float> share = gradient * Vector512.Create(Plan.TapWeight[tap]);
                for (int corner = 0; corner < offsets.Length; corner++)
                {
                    float* voxel = place + offsets[corner];
                    Vector512.MultiplyAddEstimate(Vector512.Create(weights[corner]), share, Vector512.Load(voxel)).Store(voxel);
                }
            }
        }
    }
}
