using Morula.Measuring;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// Fits the borders of painted cells to bright membranes by a seeded watershed. For membrane-marked images only: where cells are
/// bright inside, as nuclei are, switch it off.
/// </summary>
public static class Refinement
{
    /// <summary>
    /// Keeps the certain core of every painted cell and floods the tissue around from the cores, and from outside where that competes,
    /// over the smoothed image (membranes are ridges), mixed with 1 - mask probability as asked. Cells of the result touch:
    /// <see cref="CellGap"/> sets them apart. Returns new labels; the input is left as it was. Frames of a movie are separate.
    /// </summary>
    /// <param name="painted">Painted cells.</param>
    /// <param name="image">The image on the same grid, membranes bright; any intensity scale.</param>
    /// <param name="options">Seeds, growth and relief.</param>
    public static LabelVolume Apply(PaintedCells painted, Volume image, RefinementOptions options) => Apply(painted, image, options, null);

    /// <summary>The same for a region of an image, whose relief spans the intensities of the whole.</summary>
    /// <param name="painted">Painted cells of the region.</param>
    /// <param name="image">The region of the image.</param>
    /// <param name="options">Seeds, growth and relief.</param>
    /// <param name="range">Least and greatest intensity of the whole image, smoothed; those of the region if null.</param>
    internal static LabelVolume Apply(PaintedCells painted, Volume image, RefinementOptions options, (float Least, float Most)? range)
    {
        LabelVolume labels = painted.Labels;
        if (image.Extent != labels.Extent)
            throw new ArgumentException($"The image is {image.Extent} but the painted cells are {labels.Extent}.", nameof(image));
        if (!options.Enabled) return labels;
        int[] flooded = Seeds(painted, options);
        HostGarbage.Collect();
        RefinementDomain.Open(flooded, labels, options);
        HostGarbage.Collect();
        PriorityFlood.Fill(flooded, Relief(painted, image, flooded, options, range), labels.Extent);
        for (int voxel = 0; voxel < flooded.Length; voxel++)
        {
            if (flooded[voxel] is < 0 or RefinementDomain.Outside) flooded[voxel] = 0;
        }

        return new LabelVolume(labels.Extent, labels.Spacing, flooded);
    }

    private static int[] Seeds(PaintedCells painted, RefinementOptions options)
    {
        var seeds = new int[painted.Labels.Voxels.Length];
        float[] depth = Depth(painted.Labels);
        int frame = 1;
        for (int axis = SpatialAxes.First(painted.Labels.Rank); axis < painted.Labels.Rank; axis++) frame *= painted.Labels.Extent[axis];
        for (int start = 0; start < seeds.Length; start += frame) SeedFrame(painted, depth, start, start + frame, options, seeds);
        return seeds;
    }

    private static void SeedFrame(PaintedCells painted, float[] depth, int start, int end, RefinementOptions options, int[] seeds)
    {
        int[] labels = painted.Labels.Voxels;
        float[] probability = painted.Foreground.Voxels;
        var deepest = new float[painted.Cells.Count + 1];
        for (int voxel = start; voxel < end; voxel++) deepest[labels[voxel]] = Math.Max(deepest[labels[voxel]], depth[voxel]);
        // Squared distances: half of the depth is a quarter of its square.
        float enough = (float)(options.SeedDepthMicrometres * options.SeedDepthMicrometres);
        float[] least = [.. deepest.Select(most => Math.Min(enough, most / 4))];
        for (int voxel = start; voxel < end; voxel++)
        {
            int label = labels[voxel];
            if (label == 0 || depth[voxel] < least[label]) continue;
            // The deepest voxels seed their cell even where no mask is certain.
            if (probability[voxel] >= options.SeedProbability || depth[voxel] >= deepest[label]) seeds[voxel] = label;
        }
    }

    /// <summary>Squared distance, µm², to the nearest voxel that touches another label.</summary>
    private static float[] Depth(LabelVolume labels)
    {
        int last = labels.Rank - 1;
        int[] strides = [.. labels.Extent.Strides().Select(stride => (int)stride)];
        return DistanceTransform.Squared(labels.Extent, labels.Spacing, (start, marks) =>
        {
            ReadOnlySpan<int> row = labels.Voxels.AsSpan(start, marks.Length);
            for (int index = 1; index < row.Length; index++)
            {
                if (row[index] != row[index - 1]) marks[index] = marks[index - 1] = true;
            }

            for (int axis = SpatialAxes.First(labels.Rank); axis < last; axis++)
            {
                int place = start / strides[axis] % labels.Extent[axis];
                if (place > 0) MarkApart(row, labels.Voxels.AsSpan(start - strides[axis], row.Length), marks);
                if (place < labels.Extent[axis] - 1) MarkApart(row, labels.Voxels.AsSpan(start + strides[axis], row.Length), marks);
            }
        });
    }

    private static void MarkApart(ReadOnlySpan<int> row, ReadOnlySpan<int> other, Span<bool> marks)
    {
        for (int index = 0; index < row.Length; index++) marks[index] |= row[index] != other[index];
    }

    private static ushort[] Relief(PaintedCells painted, Volume image, int[] flooded, RefinementOptions options, (float Least, float Most)? range)
    {
        float[] smooth = GaussianFilter.ApplyInSpace(image, options.SmoothingMicrometres).Voxels;
        var (least, most) = range ?? RangeWithin(smooth, flooded);
        float weight = (float)options.ProbabilityWeight;
        if (!(most > least)) (least, most) = (0, 0);
        float scale = most > least ? (1 - weight) / (most - least) : 0;
        float[] probability = painted.Foreground.Voxels;
        var relief = new ushort[smooth.Length];
        for (int voxel = 0; voxel < relief.Length; voxel++)
        {
            float height = (scale * (smooth[voxel] - least)) + (weight * (1 - probability[voxel]));
            relief[voxel] = (ushort)Math.Clamp(height * (PriorityFlood.Levels - 1), 0, PriorityFlood.Levels - 1);
        }

        return relief;
    }

    private static (float Least, float Most) RangeWithin(float[] smooth, int[] flooded)
    {
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        for (int voxel = 0; voxel < smooth.Length; voxel++)
        {
            if (flooded[voxel] == 0) continue;
            least = Math.Min(least, smooth[voxel]);
            most = Math.Max(most, smooth[voxel]);
        }

        return (least, most);
    }
}
