using Morula.Geometry;
using Morula.Layers;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Regions;

/// <summary>Chooses a pyramid level for each box and pools its features.</summary>
internal sealed class RegionPooling(int rank, IReadOnlyList<int[]> strides, RegionOptions options)
{
    /// <summary>Level of a box: canonical level plus the rounded log2 of its side over the canonical side.</summary>
    public int Level(ReadOnlySpan<float> box)
    {
        // D-th root of the volume plays the part of box side length (Lin et al. 2017, eq. 1),
        // over the axes of space: a cell that lives longer does not need coarser features.
        int space = SpatialAxes.Count(rank);
        double volume = 1;
        for (int axis = rank - space; axis < rank; axis++) volume *= Math.Max(1e-3, box[rank + axis] - box[axis]);
        double side = Math.Pow(volume, 1.0 / space);
        int level = options.CanonicalLevel + (int)Math.Round(Math.Log2(side / options.CanonicalSide));
        return Math.Clamp(level, 0, strides.Count - 1);
    }

    /// <summary>Features [R, C, *bins] of boxes (R x 2D numbers) in the images of a batch.</summary>
    public Tensor Pool(IReadOnlyList<Tensor> pyramid, float[] boxes, int[] images, Extent bins)
    {
        using var scope = NewDisposeScope();
        int count = images.Length;
        var parts = new List<Tensor>();
        var order = new List<int>();
        for (int level = 0; level < strides.Count; level++)
        {
            int[] members = [.. Enumerable.Range(0, count).Where(index => Level(boxes.AsSpan(index * 2 * rank, 2 * rank)) == level)];
            if (members.Length == 0) continue;
            order.AddRange(members);
            Boxes here = Boxes.From(Rows.Take<float>(boxes, 2 * rank, members), rank, pyramid[level].device);
            double[] scale = [.. strides[level].Select(step => 1.0 / step)];
            parts.Add(RoiAlign.Pool(pyramid[level], here, Rows.Take<int>(images, 1, members), scale, bins, options.RoiSamples));
        }

        if (parts.Count == 1) return parts[0].MoveToOuterDisposeScope();
        var inverse = new long[count];
        for (int position = 0; position < count; position++) inverse[order[position]] = position;
        return cat(parts).index_select(0, tensor(inverse, device: pyramid[0].device)).MoveToOuterDisposeScope();
    }
}
