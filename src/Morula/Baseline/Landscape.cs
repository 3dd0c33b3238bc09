using Morula.Inference;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Baseline;

/// <summary>An image as a relief in which cells are basins; every depth and foreground can be asked of it without smoothing again.</summary>
internal sealed class Landscape
{
    // What normalisation leaves: -1 and 1 are the percentiles, and intensities are held to this range.
    private const float Least = -2;
    private const float Most = 3;
    private const double LevelsPerShare = (PriorityFlood.Levels - 1) * 2.0 / (Most - Least);
    private const double Neighbourhood = 4;
    private const int Outside = int.MaxValue;

    private readonly ushort[] relief;
    private readonly float[] tissue;
    private readonly IReadOnlyList<Minimum> minima;
    private readonly Volume image;

    // Within ridges the neighbourhood that counts as foreground reaches beyond the outermost one: what lies outside floods in up to it.
    private readonly int surroundings;

    /// <summary>Smooths a normalised image and finds its basins.</summary>
    public Landscape(Volume normalised, Polarity polarity, double sigma)
    {
        image = normalised;
        double finest = normalised.Spacing.Steps[SpatialAxes.First(normalised.Rank)..].ToArray().Min();
        float[] smooth = GaussianFilter.ApplyInSpace(normalised, sigma * finest).Voxels;
        bool isSummit = polarity == Polarity.BrightObject;
        surroundings = isSummit ? 0 : Outside;
        tissue = isSummit ? smooth : GaussianFilter.ApplyInSpace(normalised, Neighbourhood * sigma * finest).Voxels;
        relief = Array.ConvertAll(smooth, value => Level(isSummit ? Least + Most - value : value));
        minima = Minima.Find(relief, normalised.Extent);
    }

    /// <summary>The cells: basins of at least a depth within the foreground, flooded to where they meet.</summary>
    public ClassicalCells Flood(BaselineOptions options)
    {
        float least = (float)((2 * options.Foreground) - 1);
        double deepEnough = options.Depth * LevelsPerShare;
        var labels = new int[relief.Length];
        for (int voxel = 0; voxel < labels.Length; voxel++) labels[voxel] = tissue[voxel] > least ? PriorityFlood.Open : surroundings;
        var scores = new List<float>();
        foreach (Minimum basin in minima)
        {
            if (basin.Depth < deepEnough || labels[basin.Voxel] != PriorityFlood.Open) continue;
            scores.Add((float)Math.Min(1, basin.Depth / LevelsPerShare));
            labels[basin.Voxel] = scores.Count;
        }

        PriorityFlood.Fill(labels, relief, image.Extent);
        for (int voxel = 0; voxel < labels.Length; voxel++)
        {
            if (labels[voxel] is < 0 or Outside) labels[voxel] = 0;
        }

        return WithoutSmall(labels, scores, options.SmallestVoxels);
    }

    private ClassicalCells WithoutSmall(int[] labels, List<float> scores, long smallest)
    {
        var sizes = new long[scores.Count + 1];
        foreach (int label in labels) sizes[label]++;

        var renamed = new int[sizes.Length];
        var kept = new List<float>();
        for (int label = 1; label < sizes.Length; label++)
        {
            if (sizes[label] < Math.Max(1, smallest)) continue;
            kept.Add(scores[label - 1]);
            renamed[label] = kept.Count;
        }

        return new ClassicalCells(new LabelVolume(image.Extent, image.Spacing, Array.ConvertAll(labels, label => renamed[label])), [.. kept]);
    }

    private static ushort Level(float value) =>
        (ushort)Math.Clamp((value - Least) / (Most - Least) * (PriorityFlood.Levels - 1), 0, PriorityFlood.Levels - 1);
}
