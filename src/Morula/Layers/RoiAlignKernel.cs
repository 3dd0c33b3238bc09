using System.Runtime.InteropServices;
using Morula.Tensors;
using static TorchSharp.torch;

namespace Morula.Layers;

/// <summary>
/// RoIAlign on the host, sixteen channels after sixteen channels. The result does not depend on the number of threads: forward
/// every worker has its own boxes; backward every worker has its own slab of voxels, in which it adds up the boxes in order.
/// </summary>
internal static unsafe class RoiAlignKernel
{
    private const int ChunkVoxels = 8192;

    /// <summary>Pools a contiguous map [N, C, *S] into [R, C, *bins].</summary>
    public static void Forward(RoiAlignPlan plan, Tensor map, Tensor pooled)
    {
        if (plan.Rois == 0) return;
        using var slice = new RoiAlignSlice(plan.Voxels);
        float* source = HostMemory.Of(map);
        float* target = HostMemory.Of(pooled);
        foreach (var (image, rois) in RoisByImage(plan))
        {
            for (int first = 0; first < plan.Channels && rois.Length > 0; first += RoiAlignSlice.Lanes)
            {
                int count = Math.Min(RoiAlignSlice.Lanes, plan.Channels - first);
                int channel = first;
                float* channels = source + (((image * (long)plan.Channels) + first) * plan.Voxels);
                ForEachChunk(plan.Voxels, (from, to) => RoiAlignSlice.Pack(channels, plan.Voxels, count, slice.Data, from, to));
                Parallel.For(0, rois.Length, Threads(), () => new RoiAlignReader(plan), (index, _, reader) =>
                {
                    reader.Pool(rois[index], slice.Data, target + (((rois[index] * (long)plan.Channels) + channel) * plan.Bins.Count), count);
                    return reader;
                }, reader => reader.Dispose());
            }
        }
    }

    /// <summary>Turns the gradient of the result [R, C, *bins] into the gradient of the map [N, C, *S], every number of it.</summary>
    public static void Backward(RoiAlignPlan plan, Tensor outgoing, Tensor gradient)
    {
        using var slice = new RoiAlignSlice(plan.Voxels);
        using var packed = new RoiAlignSlice(plan.Rois * plan.Bins.Count);
        float* source = plan.Rois == 0 ? null : HostMemory.Of(outgoing);
        float* target = HostMemory.Of(gradient);
        foreach (var (image, rois) in RoisByImage(plan))
        {
            for (int first = 0; first < plan.Channels; first += RoiAlignSlice.Lanes)
            {
                int count = Math.Min(RoiAlignSlice.Lanes, plan.Channels - first);
                ForEachChunk(plan.Voxels, (from, to) => NativeMemory.Clear(slice.Data + (from * RoiAlignSlice.Lanes), (nuint)((to - from) * RoiAlignSlice.Lanes * sizeof(float))));
                PackGradients(plan, rois, source, first, count, packed);
                Spread(plan, rois, packed, slice);
                float* channels = target + (((image * (long)plan.Channels) + first) * plan.Voxels);
                ForEachChunk(plan.Voxels, (from, to) => RoiAlignSlice.Unpack(slice.Data, channels, plan.Voxels, count, from, to));
            }
        }
    }

    private static void PackGradients(RoiAlignPlan plan, int[] rois, float* source, int first, int count, RoiAlignSlice packed)
    {
        long bins = plan.Bins.Count;
        Parallel.For(0, rois.Length, Threads(), index => RoiAlignSlice.Pack(
            source + (((rois[index] * (long)plan.Channels) + first) * bins), bins, count, packed.Data + (index * bins * RoiAlignSlice.Lanes), 0, bins));
    }

    private static void Spread(RoiAlignPlan plan, int[] rois, RoiAlignSlice packed, RoiAlignSlice slice)
    {
        int axis = LongestAxis(plan);
        int size = plan.Size(axis);
        int slabs = Math.Min(size, 4 * get_num_threads());
        Parallel.For(0, slabs, Threads(), () => new RoiAlignWriter(plan), (slab, _, writer) =>
        {
            writer.Limit(axis, (int)((long)size * slab / slabs), (int)((long)size * (slab + 1) / slabs));
            for (int index = 0; index < rois.Length; index++)
                writer.Spread(rois[index], packed.Data + (index * plan.Bins.Count * RoiAlignSlice.Lanes), slice.Data);
            return writer;
        }, _ => { });
    }

    // The last axis is never cut: it is the one walked in rows.
    private static int LongestAxis(RoiAlignPlan plan)
    {
        int longest = 0;
        for (int axis = 1; axis < plan.Rank - 1; axis++)
            if (plan.Size(axis) > plan.Size(longest)) longest = axis;
        return longest;
    }

    private static IEnumerable<(int Image, int[] Rois)> RoisByImage(RoiAlignPlan plan)
    {
        ILookup<int, int> rois = Enumerable.Range(0, plan.Rois).ToLookup(roi => plan.ImageIndex[roi]);
        return Enumerable.Range(0, (int)plan.MapShape[0]).Select(image => (image, rois[image].ToArray()));
    }

    private static void ForEachChunk(long voxels, Action<long, long> work) =>
        Parallel.For(0, (voxels + ChunkVoxels - 1) / ChunkVoxels, Threads(), chunk => work(chunk * ChunkVoxels, Math.Min((chunk + 1) * ChunkVoxels, voxels)));

    private static ParallelOptions Threads() => new() { MaxDegreeOfParallelism = get_num_threads() };
}
