using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Paints the masks of detections into a label volume.</summary>
public static class Painter
{
    /// <summary>
    /// Gives every voxel to the detection whose mask is most probable there, if that reaches the threshold. Detections that end too
    /// small or mostly covered by others are dropped, worst first, and their voxels go to the next best.
    /// </summary>
    /// <param name="detections">Boxes in voxels of the working grid.</param>
    /// <param name="workingExtent">Sizes of the grid the network worked on.</param>
    /// <param name="outputExtent">Sizes of the image to paint, which covers the same field.</param>
    /// <param name="outputSpacing">Step between voxels of the image to paint.</param>
    /// <param name="options">Thresholds.</param>
    public static PaintedCells Paint(
        Detections detections, Extent workingExtent, Extent outputExtent, Spacing outputSpacing, PaintOptions options) =>
        Paint(detections, workingExtent, outputExtent, outputExtent.Whole, outputSpacing, options);

    /// <summary>Paints a region of an image alone: what the whole would be there, but for cells that the region cuts.</summary>
    /// <param name="detections">Boxes in voxels of the working grid.</param>
    /// <param name="workingExtent">Sizes of the grid the network worked on.</param>
    /// <param name="outputExtent">Sizes of the whole image, which covers the same field.</param>
    /// <param name="region">The voxels of it to paint.</param>
    /// <param name="outputSpacing">Step between voxels of the image.</param>
    /// <param name="options">Thresholds.</param>
    internal static PaintedCells Paint(
        Detections detections, Extent workingExtent, Extent outputExtent, Block region, Spacing outputSpacing, PaintOptions options)
    {
        if (detections.Rank != workingExtent.Rank || detections.Rank != outputExtent.Rank)
            throw new ArgumentException($"Detections of rank {detections.Rank} cannot be painted from {workingExtent} to {outputExtent}.", nameof(detections));
        int[] order = DetectionSelection.ByScore(detections);
        Detections ordered = DetectionSelection.Take(detections, order);
        Extent extent = region.Extent;
        var canvas = new Canvas(ordered, Place(ordered, workingExtent, outputExtent, region, options), extent, options);
        canvas.PaintAll();
        canvas.DropWeak();
        if (options.LargestPartOnly) Components.KeepLargest(canvas.Owners, extent);
        int[] kept = canvas.Finish();
        return new PaintedCells(
            new LabelVolume(extent, outputSpacing, canvas.Owners),
            new Volume(extent, outputSpacing, canvas.Probabilities),
            DetectionSelection.Take(ordered, kept))
        {
            Places = [.. kept.Select(place => order[place])],
        };
    }

    private static PlacedMask[] Place(Detections detections, Extent working, Extent output, Block region, PaintOptions options)
    {
        var masks = new PlacedMask[detections.Count];
        Parallel.For(0, masks.Length, index =>
        {
            ReadOnlySpan<float> box = detections.Box(index);
            var scaled = new double[box.Length];
            for (int side = 0; side < scaled.Length; side++)
                scaled[side] = ((double)box[side] * output[side % output.Rank] / working[side % output.Rank]) - region.Lower[side % output.Rank];
            masks[index] = new PlacedMask(detections.Mask(index), detections.MaskExtent, scaled, region.Extent.Whole, options.EdgeBins);
        });
        return masks;
    }
}
