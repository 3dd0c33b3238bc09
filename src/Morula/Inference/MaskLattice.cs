using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Compares and merges masks of different boxes on a common regular lattice of points.</summary>
internal static class MaskLattice
{
    /// <summary>Points of a lattice at most; never finer than a voxel.</summary>
    private const double MostPoints = 8000;

    /// <summary>Share of the lesser of two boxes that the other covers, within a region.</summary>
    public static double BoxCover(Detections first, Detections second, Block region)
    {
        var (one, other, shared) = (1.0, 1.0, 1.0);
        for (int axis = 0; axis < first.Rank; axis++)
        {
            double firstLower = Math.Max(region.Lower[axis], first.Boxes[axis]);
            double firstUpper = Math.Min(region.Upper[axis], first.Boxes[first.Rank + axis]);
            double secondLower = Math.Max(region.Lower[axis], second.Boxes[axis]);
            double secondUpper = Math.Min(region.Upper[axis], second.Boxes[first.Rank + axis]);
            one *= Math.Max(0, firstUpper - firstLower);
            other *= Math.Max(0, secondUpper - secondLower);
            shared *= Math.Max(0, Math.Min(firstUpper, secondUpper) - Math.Max(firstLower, secondLower));
        }

        return shared > 0 ? shared / Math.Min(one, other) : 0;
    }

    /// <summary>
    /// Overlap (IoU at probability 0.5) of two masks within a region, and the share of the second that the first covers there; 0
    /// where they do not meet.
    /// </summary>
    public static (double Overlap, double Covered) Compare(Detections first, Detections second, Block region)
    {
        int rank = first.Rank;
        var (lower, upper, counts) = (new double[rank], new double[rank], new int[rank]);
        int most = (int)Math.Floor(Math.Pow(MostPoints, 1.0 / rank));
        for (int axis = 0; axis < rank; axis++)
        {
            double from = Math.Max(region.Lower[axis], Math.Max(first.Boxes[axis], second.Boxes[axis]));
            double to = Math.Min(region.Upper[axis], Math.Min(first.Boxes[rank + axis], second.Boxes[rank + axis]));
            if (from >= to) return (0, 0);
            lower[axis] = Math.Max(region.Lower[axis], Math.Min(first.Boxes[axis], second.Boxes[axis]));
            upper[axis] = Math.Min(region.Upper[axis], Math.Max(first.Boxes[rank + axis], second.Boxes[rank + axis]));
            counts[axis] = Math.Clamp((int)Math.Ceiling(upper[axis] - lower[axis]), 1, most);
        }

        var lattice = new Extent(counts);
        float[] one = Sample(first, lower, upper, lattice);
        float[] other = Sample(second, lower, upper, lattice);
        var (shared, either, whole) = (0, 0, 0);
        for (int point = 0; point < one.Length; point++)
        {
            if (one[point] >= 0.5f && other[point] >= 0.5f) shared++;
            if (one[point] >= 0.5f || other[point] >= 0.5f) either++;
            if (other[point] >= 0.5f) whole++;
        }

        return shared == 0 ? (0, 0) : ((double)shared / either, (double)shared / whole);
    }

    /// <summary>One detection that covers all: best score and its class, the box around all boxes, the highest probability of all masks.</summary>
    public static Detections Join(IReadOnlyList<Detections> pieces)
    {
        int rank = pieces[0].Rank;
        Extent bins = pieces[0].MaskExtent;
        double[] lower = [.. Enumerable.Range(0, rank).Select(axis => (double)pieces.Min(piece => piece.Boxes[axis]))];
        double[] upper = [.. Enumerable.Range(rank, rank).Select(side => (double)pieces.Max(piece => piece.Boxes[side]))];
        var mask = new float[bins.Count];
        foreach (Detections piece in pieces)
        {
            float[] part = Sample(piece, lower, upper, bins);
            for (int bin = 0; bin < mask.Length; bin++) mask[bin] = Math.Max(mask[bin], part[bin]);
        }

        Detections best = pieces.MaxBy(piece => piece.Scores[0])!;
        return best with { Boxes = [.. lower.Concat(upper).Select(side => (float)side)], Masks = mask };
    }

    /// <summary>Probabilities at the centres of the cells of a lattice that fills a box.</summary>
    private static float[] Sample(Detections detection, double[] lower, double[] upper, Extent lattice)
    {
        int rank = detection.Rank;
        var box = new double[2 * rank];
        for (int side = 0; side < box.Length; side++)
        {
            int axis = side % rank;
            box[side] = (detection.Boxes[side] - lower[axis]) * lattice[axis] / (upper[axis] - lower[axis]);
        }

        var values = new float[lattice.Count];
        var placed = new PlacedMask(detection.Mask(0), detection.MaskExtent, box, lattice.Whole, 1);
        float[][] buffers = PlacedMask.Buffers(detection.MaskExtent, lattice[rank - 1]);
        placed.Visit(lattice.Whole, lattice.Strides(), buffers, (start, row) => row.CopyTo(values.AsSpan((int)start)));
        return values;
    }
}
