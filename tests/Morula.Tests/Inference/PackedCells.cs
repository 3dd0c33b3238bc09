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
        Parallel.For(0, voxels.Length, voxel =>
        {
            double[] place = Place(voxel, extent);
            double inside = 0;
            foreach (double part in place) inside += (part - 0.5) * (part - 0.5);
            if (inside <= 0.23) voxels[voxel] = 1 + Nearest(place, seeds);
        });
        return new LabelVolume(extent, spacing ?? Spacing.Unit(rank), voxels);
    }

    /// <summary>Tight boxes and masks of every label, scores falling with the label, whatever the crop.</summary>
    public static Detections Detect(LabelVolume truth, int bins)
    {
        Extent mask = Extent.Cube(truth.Rank, bins);
        IReadOnlyList<LabelledCell> cells = truth.Cells();
        return new Detections(
            truth.Rank,
            [.. cells.SelectMany(cell => cell.Box.Lower.ToArray().Concat(cell.Box.Upper.ToArray())).Select(side => (float)side)],
            [.. cells.Select(cell => 0.99f - (0.002f * cell.Label))],
            [.. cells.Select(_ => 1)],
            mask,
            [.. cells.SelectMany(cell => Mask(truth, cell, mask))]);
    }

    /// <summary>Per truth label, the best overlap with any label of the other volume.</summary>
    public static double[] BestOverlaps(LabelVolume truth, LabelVolume other)
    {
        var shared = new Dictionary<(int Truth, int Other), int>();
        for (int voxel = 0; voxel < truth.Voxels.Length; voxel++)
        {
            var pair = (truth.Voxels[voxel], other.Voxels[voxel]);
            shared[pair] = shared.GetValueOrDefault(pair) + 1;
        }

        var sizes = other.Cells().ToDictionary(cell => cell.Label, cell => cell.VoxelCount);
        return [.. truth.Cells().Select(cell => shared
            .Where(pair => pair.Key.Truth == cell.Label && pair.Key.Other != 0)
            .Select(pair => pair.Value / (double)(cell.VoxelCount + sizes[pair.Key.Other] - pair.Value))
            .DefaultIfEmpty(0).Max())];
    }

    private static float[] Mask(LabelVolume truth, LabelledCell cell, Extent mask)
    {
        LabelVolume crop = truth.Crop(cell.Box);
        float[] inside = [.. crop.Voxels.Select(label => label == cell.Label ? 1f : 0f)];
        return new Volume(crop.Extent, crop.Spacing, inside).Resample(mask).Voxels;
    }

    private static double[] Place(long voxel, Extent extent)
    {
        var place = new double[extent.Rank];
        for (int axis = place.Length - 1; axis >= 0; axis--)
        {
            place[axis] = ((voxel % extent[axis]) + 0.5) / extent[axis];
            voxel /= extent[axis];
        }

        return place;
    }

    private static int Nearest(double[] place, List<double[]> seeds)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (int seed = 0; seed < seeds.Count; seed++)
        {
            double distance = Distance(place, seeds[seed]);
            if (distance < least) (nearest, least) = (seed, distance);
        }

        return nearest;
    }

    private static bool Far(double[] one, double[] other, double least) => Distance(one, other) >= least * least;

    private static double Distance(double[] one, double[] other)
    {
        double sum = 0;
        for (int axis = 0; axis < one.Length; axis++) sum += (one[axis] - other[axis]) * (one[axis] - other[axis]);
        return sum;
    }
}
