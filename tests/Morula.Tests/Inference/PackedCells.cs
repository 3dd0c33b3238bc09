using Morula.Model;
using Morula.Volumes;

namespace Morula.Tests.Inference;

/// <summary>Truth without a network: packed Voronoi cells inside an ellipsoid, and the detections a perfect network would return.</summary>
internal static class PackedCells
{
    public static LabelVolume Make(Extent extent, int cells, int seed, Spacing? spacing = null)
    {
        var random = new Random(seed);
        int rank = extent.Rank;
        // Seeds keep their distance, as cells do.
        var seeds = new List<double[]>();
        double apart = 0.8 / Math.Pow(cells, 1.0 / rank);
        while (seeds.Count < cells)
        {
            double[] point = [.. Enumerable.Range(0, rank).Select(_ => random.NextDouble())];
            if (point.Sum(place => (place - 0.5) * (place - 0.5)) < 0.2 && seeds.TrueForAll(other => Far(point, other, apart))) seeds.Add(point);
            else apart *= 0.999;
        }

        var voxels = new int[extent.Count];
        for (int voxel = 0; voxel < voxels.Length; voxel++)
        {
            double[] place = Place(voxel, extent);
            if (place.Sum(part => (part - 0.5) * (part - 0.5)) > 0.23) continue;
            voxels[voxel] = 1 + Enumerable.Range(0, cells).MinBy(cell => Distance(place, seeds[cell]));
        }

        return new LabelVolume(extent, spacing ?? Spacing.Unit(rank), voxels);
    }

    /// <summary>Tight boxes and masks of every label, scores falling from 0.99.</summary>
    public static Detections Detect(LabelVolume truth, int bins)
    {
        Extent mask = Extent.Cube(truth.Rank, bins);
        IReadOnlyList<LabelledCell> cells = truth.Cells();
        return new Detections(
            truth.Rank,
            [.. cells.SelectMany(cell => cell.Box.Lower.ToArray().Concat(cell.Box.Upper.ToArray())).Select(side => (float)side)],
            [.. cells.Select((_, index) => 0.99f - (0.3f * index / cells.Count))],
            [.. cells.Select(_ => 1)],
            mask,
            [.. cells.SelectMany(cell => Mask(truth, cell, mask))]);
    }

    public static double Overlap(int[] one, int label, int[] other, int otherLabel)
    {
        var (shared, either) = (0, 0);
        for (int voxel = 0; voxel < one.Length; voxel++)
        {
            bool first = one[voxel] == label;
            bool second = other[voxel] == otherLabel;
            if (first && second) shared++;
            if (first || second) either++;
        }

        return either == 0 ? 0 : (double)shared / either;
    }

    /// <summary>Per truth label, the best overlap with any label of the other volume.</summary>
    public static double[] BestOverlaps(LabelVolume truth, LabelVolume other)
    {
        IReadOnlyList<LabelledCell> found = other.Cells();
        return [.. truth.Cells().Select(cell => found
            .Where(candidate => !candidate.Box.Intersect(cell.Box).IsEmpty)
            .Select(candidate => Overlap(truth.Voxels, cell.Label, other.Voxels, candidate.Label))
            .DefaultIfEmpty(0).Max())];
    }

    private static float[] Mask(LabelVolume truth, LabelledCell cell, Extent mask)
    {
        LabelVolume crop = truth.Crop(cell.Box);
        float[] inside = [.. crop.Voxels.Select(label => label == cell.Label ? 1f : 0f)];
        return new Volume(crop.Extent, crop.Spacing, inside).Resample(mask).Voxels;
    }

    private static double[] Place(int voxel, Extent extent)
    {
        long[] strides = extent.Strides();
        return [.. strides.Select((stride, axis) => ((voxel / stride % extent[axis]) + 0.5) / extent[axis])];
    }

    private static bool Far(double[] one, double[] other, double least) => Distance(one, other) >= least * least;

    private static double Distance(double[] one, double[] other) => one.Zip(other, (first, second) => (first - second) * (first - second)).Sum();
}
