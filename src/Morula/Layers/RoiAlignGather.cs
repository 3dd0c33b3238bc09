using Morula.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Layers;

/// <summary>RoIAlign by tensor operations: one gather per combination of taps, added up; for devices without the kernel.</summary>
internal static class RoiAlignGather
{
    /// <summary>Pools [N, C, *S] to [R, C, *bins].</summary>
    public static Tensor Pool(Tensor map, RoiAlignPlan plan)
    {
        using var scope = NewDisposeScope();
        var (voxels, weights) = Taps(plan, map.device);
        Tensor last = map.flatten(2).transpose(1, 2).reshape(-1, plan.Channels);         // [N * V, C]
        Tensor pooled = zeros([plan.Rois * plan.Bins.Count, plan.Channels], dtype: map.dtype, device: map.device);
        var chosen = new int[plan.Rank];
        do
        {
            using var inner = NewDisposeScope();
            var (place, weight) = Combine(plan, voxels, weights, chosen, map);           // [R * B]
            Tensor read = last.index_select(0, place).mul(weight.unsqueeze(1));          // [R * B, C]
            Tensor sum = inner.MoveToOuter(pooled.Plus(read));
            pooled.Dispose();
            pooled = sum;
        }
        while (Next(chosen, plan.TapsPerBin));
        return pooled.reshape(plan.Rois, plan.Bins.Count, plan.Channels).transpose(1, 2)
            .reshape(plan.PooledShape).MoveToOuterDisposeScope();                        // [R, C, *bins]
    }

    // Per axis [R, bins of the axis, taps].
    private static (Tensor[] Voxels, Tensor[] Weights) Taps(RoiAlignPlan plan, Device device)
    {
        Tensor voxel = tensor(plan.TapVoxel, [plan.Rois, plan.BinsPerRoi, plan.TapsPerBin], dtype: ScalarType.Int64, device: device);
        Tensor weight = tensor(plan.TapWeight, [plan.Rois, plan.BinsPerRoi, plan.TapsPerBin], device: device);
        var voxels = new Tensor[plan.Rank];
        var weights = new Tensor[plan.Rank];
        for (int axis = 0; axis < plan.Rank; axis++)
        {
            int first = plan.Row(0, axis);
            voxels[axis] = voxel.narrow(1, first, plan.Bins[axis]);
            weights[axis] = weight.narrow(1, first, plan.Bins[axis]);
        }

        return (voxels, weights);
    }

    private static (Tensor Place, Tensor Weight) Combine(RoiAlignPlan plan, Tensor[] voxels, Tensor[] weights, int[] chosen, Tensor map)
    {
        long[] steps = plan.Steps();
        long[] shape = [plan.Rois, .. Enumerable.Repeat(1L, plan.Rank)];
        using Scalar voxelCount = plan.Voxels;
        Tensor place = tensor(plan.ImageIndex, dtype: ScalarType.Int64, device: map.device).mul_(voxelCount).reshape(shape);
        Tensor weight = ones(shape, dtype: map.dtype, device: map.device);
        for (int axis = 0; axis < plan.Rank; axis++)
        {
            long[] along = [.. shape];
            along[axis + 1] = plan.Bins[axis];
            using Scalar step = steps[axis];
            place = place.Plus(voxels[axis].select(2, chosen[axis]).mul(step).reshape(along));
            weight = weight * weights[axis].select(2, chosen[axis]).reshape(along).to_type(map.dtype);
        }

        return (place.flatten(), weight.flatten());
    }

    private static bool Next(int[] chosen, int count)
    {
        for (int axis = chosen.Length - 1; axis >= 0; axis--)
        {
            if (++chosen[axis] < count) return true;
            chosen[axis] = 0;
        }

        return false;
    }
}
