using Morula.Geometry;
using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Layers;

/// <summary>
/// Pools a feature map inside boxes of any size to one size (RoIAlign, He et al. 2017, Mask R-CNN, section 3), with linear
/// interpolation over D axes. Voxel i of an axis has its middle at i + 0.5, so that a box of a whole voxel reads that voxel.
/// </summary>
public static class RoiAlign
{
    /// <summary>Mean of the interpolated map in every bin of every box; differentiable in the map, not in the boxes.</summary>
    /// <param name="map">float32 [N, C, *S].</param>
    /// <param name="rois">R boxes [R, 2D] in voxels of the image.</param>
    /// <param name="imageIndex">R numbers: which of the N maps each box reads.</param>
    /// <param name="scale">Per axis, map voxels per image voxel (1 / stride).</param>
    /// <param name="bins">Bins per axis.</param>
    /// <param name="samples">Samples per axis in every bin, at least 1.</param>
    /// <returns>[R, C, *bins]. A sample further than one voxel outside the map counts as 0, a nearer one reads the edge.</returns>
    /// <exception cref="ArgumentException">Ranks, counts or an image index do not fit.</exception>
    public static Tensor Pool(Tensor map, Boxes rois, ReadOnlySpan<int> imageIndex, ReadOnlySpan<double> scale, Extent bins, int samples)
    {
        using var scope = NewDisposeScope();
        RoiAlignPlan plan = Plan(map, rois, imageIndex, scale, bins, samples);
        Tensor pooled = map.device_type == TorchSharp.DeviceType.CPU && map.dtype == ScalarType.Float32
            ? RoiAlignFunction.Pool(map, plan)
            : RoiAlignGather.Pool(map, plan);
        return pooled.MoveToOuterDisposeScope();                                         // [R, C, *bins]
    }

    /// <summary>
    /// To be called after a backward pass, on the thread that ran it: throws what went wrong inside (an exception cannot cross the
    /// native code there) and lets go of the last gradient handed over.
    /// </summary>
    public static void EndBackward() => RoiAlignFunction.EndBackward();

    /// <summary>To be called where a backward pass ended by an exception: forgets what it left.</summary>
    public static void AbandonBackward() => RoiAlignFunction.AbandonBackward();

    /// <summary>The pooling of <see cref="Pool"/> by tensor operations, as it is done on other devices than the CPU.</summary>
    internal static Tensor PoolByGather(Tensor map, Boxes rois, ReadOnlySpan<int> imageIndex, ReadOnlySpan<double> scale, Extent bins, int samples) =>
        RoiAlignGather.Pool(map, Plan(map, rois, imageIndex, scale, bins, samples));

    private static RoiAlignPlan Plan(Tensor map, Boxes rois, ReadOnlySpan<int> imageIndex, ReadOnlySpan<double> scale, Extent bins, int samples)
    {
        int rank = rois.Rank;
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        if (map.dim() != rank + 2) throw new ArgumentException($"A map of {map.dim()} dimensions does not fit boxes of rank {rank}; expected [N, C, *S].", nameof(map));
        if (scale.Length != rank || bins.Rank != rank) throw new ArgumentException($"{scale.Length} scales and bins of rank {bins.Rank} for boxes of rank {rank}.", nameof(bins));
        if (imageIndex.Length != rois.Count) throw new ArgumentException($"{imageIndex.Length} image indices for {rois.Count} boxes.", nameof(imageIndex));
        if (Array.IndexOf(map.shape, 0, 2) >= 0) throw new ArgumentException($"The map [{string.Join(", ", map.shape)}] has no voxel.", nameof(map));
        foreach (int image in imageIndex)
            if (image < 0 || image >= map.shape[0]) throw new ArgumentException($"Image index {image} is outside the {map.shape[0]} maps.", nameof(imageIndex));
        return new RoiAlignPlan(map.shape, rois.ToArray(), imageIndex, scale, bins, samples);
    }
}
