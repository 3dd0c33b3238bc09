using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// Whether what the network is not sure of has membranes around it. A part of a larger cell, or of what lies outside, has them along little of its surface.
/// </summary>
internal static class MembraneEvidence
{
    // What is looked at around a box, and the deviation of the blur, in voxels.
    private const int Around = 2;
    private const double Smoothing = 0.7;

    // The inside of a cell is its darkest quarter; membranes are the brightest twentieth of a cell and what lies around it.
    private const double InsideShare = 0.25;
    private const double MembraneShare = 0.95;

    /// <summary>The detections without those that are uncertain and have too little membrane.</summary>
    /// <param name="found">Boxes in voxels of the tile.</param>
    /// <param name="tile">The image as the network sees it.</param>
    /// <param name="seen">What of the tile lies in the image, in its voxels.</param>
    /// <param name="options">Says what is uncertain and how much membrane it needs.</param>
    public static Detections Keep(Detections found, Volume tile, Block seen, InferenceOptions options)
    {
        if (!options.Refinement.Enabled) return found;
        int[] kept = [.. Enumerable.Range(0, found.Count).Where(index =>
            options.Painting.IsSure(found.Scores[index]) || Share(found, index, tile, seen, options) >= options.Refinement.UncertainMembrane)];
        return kept.Length == found.Count ? found : DetectionSelection.Take(found, kept);
    }

    /// <summary>Share of the surface of a detection, sides of the image left out, along which there is a membrane; 1 where it has no surface.</summary>
    internal static double Share(Detections found, int index, Volume tile, Block seen, InferenceOptions options)
    {
        Block block = Surroundings(found.Box(index), seen);
        if (block.IsEmpty) return 1;
        PaintedCells painted = Painter.Paint(DetectionSelection.Take(found, [index]), tile.Extent, tile.Extent, block, tile.Spacing, options.PaintingAt(tile.Spacing));
        int[] labels = painted.Labels.Voxels;
        int first = SpatialAxes.First(tile.Rank);
        float[] smooth = GaussianFilter.Apply(tile.Crop(block), [.. Enumerable.Range(0, tile.Rank).Select(axis => axis < first ? 0 : Smoothing)]).Voxels;
        float[] inside = [.. smooth.Where((_, voxel) => labels[voxel] > 0).Order()];
        if (inside.Length == 0) return 1;
        float dark = inside[(int)(InsideShare * (inside.Length - 1))], bright = smooth.Order().ElementAt((int)(MembraneShare * (smooth.Length - 1)));
        int[] surface = Surface(painted.Labels);
        float[] near = MaximumNear(smooth, block.Extent);
        return surface.Length == 0 ? 1 : (double)surface.Count(voxel => near[voxel] > (dark + bright) / 2) / surface.Length;
    }

    private static Block Surroundings(ReadOnlySpan<float> box, Block seen)
    {
        int rank = seen.Rank;
        var (lower, upper) = (new int[rank], new int[rank]);
        for (int axis = 0; axis < rank; axis++) (lower[axis], upper[axis]) = ((int)Math.Floor(box[axis]), (int)Math.Ceiling(box[rank + axis]));
        return new Block(lower, upper).Grow([.. Enumerable.Range(0, rank).Select(axis => axis < SpatialAxes.First(rank) ? 0 : Around)]).Intersect(seen);
    }

    // Voxels of the cell beside one that is not.
    private static int[] Surface(LabelVolume labels)
    {
        var neighbours = new FaceNeighbours(labels.Extent);
        var room = new int[2 * labels.Rank];
        var surface = new List<int>();
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            if (labels.Voxels[voxel] == 0) continue;
            foreach (int neighbour in neighbours.Of(voxel, room))
            {
                if (labels.Voxels[neighbour] > 0) continue;
                surface.Add(voxel);
                break;
            }
        }

        return [.. surface];
    }

    // The largest of the voxels that share a corner, of the same frame.
    private static float[] MaximumNear(float[] values, Extent extent)
    {
        long[] strides = extent.Strides();
        for (int axis = SpatialAxes.First(extent.Rank); axis < extent.Rank; axis++)
        {
            var widened = new float[values.Length];
            for (int voxel = 0; voxel < values.Length; voxel++)
            {
                int place = (int)(voxel / strides[axis] % extent[axis]);
                float most = values[voxel];
                if (place > 0) most = Math.Max(most, values[voxel - strides[axis]]);
                if (place < extent[axis] - 1) most = Math.Max(most, values[voxel + strides[axis]]);
                widened[voxel] = most;
            }

            values = widened;
        }

        return values;
    }
}
