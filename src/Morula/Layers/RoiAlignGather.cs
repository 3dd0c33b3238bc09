using Morula.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Layers;

/// <summary>RoIAlign by tensor operations, few and large ones: every tap of every bin is gathered, weighed and added up; for devices without the kernel.</summary>
internal static class RoiAlignGather
{
    // Of what is gathered at once; boxes beyond it follow in further chunks.
    private const long MostBytes = 256L << 20;

    /// <summary>Pools [N, C, *S] to [R, C, *bins].</summary>
    public static Tensor Pool(Tensor map, RoiAlignPlan plan)
    {
        using var scope = NewDisposeScope();
        Tensor last = map.flatten(2).transpose(1, 2).reshape(-1, plan.Channels);         // [N * V, C]
        Tensor voxel = tensor(plan.TapVoxel, [plan.Rois, plan.BinsPerRoi, plan.TapsPerBin], dtype: ScalarType.Int64, device: map.device);
        Tensor weight = tensor(plan.TapWeight, [plan.Rois, plan.BinsPerRoi, plan.TapsPerBin], device: map.device).to_type(map.dtype);
        using Scalar voxels = plan.Voxels;
        Tensor first = tensor(plan.ImageIndex, dtype: ScalarType.Int64, device: map.device).mul_(voxels);
        long bytes = plan.Bins.Count * (long)Math.Pow(plan.TapsPerBin, plan.Rank) * plan.Channels * map.element_size();
        long most = Math.Max(1, MostBytes / bytes);
        var parts = new List<Tensor>();
        for (long start = 0; start < plan.Rois; start += most)
        {
            long count = Math.Min(most, plan.Rois - start);
            parts.Add(Gather(plan, last, first.narrow(0, start, count), voxel.narrow(0, start, count), weight.narrow(0, start, count)));
        }

        return (parts.Count == 1 ? parts[0] : cat(parts)).MoveToOuterDisposeScope();      // [R, C, *bins]
    }

    // Axes of the gathered numbers: box, then bin and tap of each axis in turn, channel.
    private static Tensor Gather(RoiAlignPlan plan, Tensor map, Tensor first, Tensor voxel, Tensor weight)
    {
        using var scope = NewDisposeScope();
        int rank = plan.Rank;
        long[] steps = plan.Steps(), shape = [first.shape[0], .. Enumerable.Repeat(1L, 2 * rank)];
        Tensor place = first.reshape(shape);
        Tensor? share = null;
        for (int axis = 0; axis < rank; axis++)
        {
            long[] along = [.. shape];
            (along[1 + (2 * axis)], along[2 + (2 * axis)]) = (plan.Bins[axis], plan.TapsPerBin);
            using Scalar step = steps[axis];
            place = place.Plus(voxel.narrow(1, plan.Row(0, axis), plan.Bins[axis]).mul(step).reshape(along));
            Tensor own = weight.narrow(1, plan.Row(0, axis), plan.Bins[axis]).reshape(along);
            share = share is null ? own : share * own;
        }

        Tensor read = map.index_select(0, place.flatten()).reshape([.. place.shape, plan.Channels]);
        Tensor sums = read.mul(share!.unsqueeze(-1)).sum([.. Enumerable.Range(0, rank).Select(axis => 2L + (2 * axis))]);   // [R, *bins, C]
        return sums.permute([0, rank + 1, .. Enumerable.Range(1, rank).Select(axis => (long)axis)]).contiguous().MoveToOuterDisposeScope();
    }
}
