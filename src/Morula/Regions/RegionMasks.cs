using Morula.Geometry;
using Morula.Layers;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Regions;

/// <summary>
/// Masks of what was found in an image. A small region has no more to show than its voxels: where
/// <see cref="RegionOptions.FewestMaskBins"/> allows it, it is pooled into fewer bins, and its mask brought to the size of all masks.
/// </summary>
internal sealed class RegionMasks(int rank, MaskHead head, RegionPooling pooling, RegionShape shape, RegionOptions options)
{
    private const int StepOfBins = 2;

    /// <summary>Mask probabilities, N x MaskExtent, of N detections.</summary>
    /// <param name="pyramid">Region levels, finest first.</param>
    /// <param name="found">Their boxes and classes.</param>
    /// <param name="image">Where in the batch they were found.</param>
    public float[] Of(IReadOnlyList<Tensor> pyramid, RegionDetections found, int image)
    {
        var masks = new float[found.Scores.Length * shape.MaskExtent.Count];
        foreach (var alike in Enumerable.Range(0, found.Scores.Length).GroupBy(index => Bins(found.Boxes.AsSpan(index * 2 * rank, 2 * rank))))
        {
            foreach (int[] rows in alike.Chunk(options.MaskChunk))
            {
                float[] some = Some(pyramid, found.Take(rows, rank), image, alike.Key);
                int length = some.Length / rows.Length;
                for (int row = 0; row < rows.Length; row++) some.AsSpan(row * length, length).CopyTo(masks.AsSpan(rows[row] * length, length));
            }
        }

        return masks;
    }

    // Along each axis of space: those whose mask, twice as fine, has a number for every voxel of the box.
    private int Bins(ReadOnlySpan<float> box)
    {
        if (options.FewestMaskBins == 0) return options.MaskBins;
        float longest = 0;
        for (int axis = SpatialAxes.First(rank); axis < rank; axis++) longest = Math.Max(longest, box[rank + axis] - box[axis]);
        int steps = (int)Math.Ceiling(Math.Max(0, (longest / 2) - options.FewestMaskBins) / StepOfBins);
        return Math.Min(options.MaskBins, options.FewestMaskBins + (StepOfBins * steps));
    }

    private float[] Some(IReadOnlyList<Tensor> pyramid, RegionDetections found, int image, int bins)
    {
        using var scope = NewDisposeScope();
        int[] images = new int[found.Scores.Length];
        Array.Fill(images, image);
        Tensor logits = head.call(pooling.Pool(pyramid, found.Boxes, images, shape.MaskBinsOf(bins)));     // [R, K', *mask]
        long[] sizes = logits.shape[2..];
        Tensor classes = tensor([.. found.Classes.Select(kind => (long)kind)], device: logits.device);
        Tensor own = shape.OfClass(logits.flatten(1), classes, sizes.Aggregate(1L, (product, size) => product * size));
        if (bins != options.MaskBins) own = Resize.Linear(own.reshape([images.Length, 1, .. sizes]), [.. shape.MaskExtent.Sizes.ToArray().Select(size => (long)size)]);
        return own.sigmoid().cpu().data<float>().ToArray();
    }
}
