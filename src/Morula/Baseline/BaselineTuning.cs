using Morula.Evaluation;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Baseline;

/// <summary>
/// Chooses the parameters of the classical segmentation on a few images by the score that also chooses the best network, the mean of
/// SEG and accuracy@0.5: first polarity, smoothing and foreground together, then depth and smallest volume. Images are cut to a
/// middle part, so that tuning takes seconds.
/// </summary>
public static class BaselineTuning
{
    private const long MostVoxels = 1 << 20;
    private const double Half = 0.5;

    /// <summary>Smoothings tried, in voxels of the finest axis.</summary>
    public static IReadOnlyList<double> Sigmas { get; } = [1, 2, 3];

    /// <summary>Depths tried.</summary>
    public static IReadOnlyList<double> Depths { get; } = [0.01, 0.02, 0.05, 0.1, 0.2];

    /// <summary>Foregrounds tried.</summary>
    public static IReadOnlyList<double> Foregrounds { get; } = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5];

    /// <summary>Smallest volumes tried, as shares of the median true cell.</summary>
    public static IReadOnlyList<double> SmallestShares { get; } = [0, 0.05, 0.1, 0.25];

    /// <summary>The best of the grid; of equal ones the first.</summary>
    /// <param name="images">At least one image with a true cell.</param>
    /// <param name="progress">Share done, in [0, 1].</param>
    /// <param name="cancellation">Stops between settings.</param>
    /// <exception cref="ArgumentException">There is no image, or no cell.</exception>
    public static BaselineChoice Choose(IReadOnlyList<TuningImage> images, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        TuningImage[] parts = [.. images.Select(Middle).Where(part => part.Truth.Cells().Count > 0)];
        if (parts.Length == 0) throw new ArgumentException("There is no image with a cell to tune on.", nameof(images));
        var best = new BaselineChoice(new BaselineOptions(), -1, 0);
        (Polarity Polarity, double Sigma)[] reliefs = [.. Enum.GetValues<Polarity>().SelectMany(polarity => Sigmas.Select(sigma => (polarity, sigma)))];
        for (int index = 0; index < reliefs.Length; index++)
        {
            var (polarity, sigma) = reliefs[index];
            best = Better(best, parts, polarity, sigma, Foregrounds.Select(foreground => new BaselineOptions { Polarity = polarity, Sigma = sigma, Foreground = foreground }), cancellation);
            progress?.Report((index + 1.0) / (reliefs.Length + 1));
        }

        best = Better(best, parts, best.Options.Polarity, best.Options.Sigma, Finer(best.Options, MedianVoxels(parts)), cancellation);
        progress?.Report(1);
        return best;
    }

    private static IEnumerable<BaselineOptions> Finer(BaselineOptions coarse, long cell) => Depths.SelectMany(depth => SmallestShares.Select(share =>
        coarse with { Depth = depth, SmallestVoxels = Math.Max(1, (long)Math.Round(share * cell)) }));

    private static long MedianVoxels(TuningImage[] parts)
    {
        long[] sizes = [.. parts.SelectMany(part => part.Truth.Cells()).Select(cell => cell.VoxelCount).Order()];
        return sizes[sizes.Length / 2];
    }

    // All options have one relief, which is made once.
    private static BaselineChoice Better(
        BaselineChoice best, TuningImage[] parts, Polarity polarity, double sigma, IEnumerable<BaselineOptions> candidates, CancellationToken cancellation)
    {
        Landscape[] reliefs = [.. parts.Select(part => new Landscape(part.Image, polarity, sigma))];
        foreach (BaselineOptions options in candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            double score = reliefs.Select((relief, index) => Score(parts[index].Truth, relief.Flood(options).Labels)).Average();
            best = score > best.Score ? new BaselineChoice(options, score, best.Tried + 1) : best with { Tried = best.Tried + 1 };
        }

        return best;
    }

    private static double Score(LabelVolume truth, LabelVolume found)
    {
        Contingency table = Contingency.Count(truth, found);
        return ((TrackingChallengeScores.Of(table).Seg ?? 0) + (CellMatching.Match(table, Half).Scores.Accuracy ?? 0)) / 2;
    }

    // Normalised as a whole first, as an image is that is not cut.
    private static TuningImage Middle(TuningImage whole)
    {
        Volume image = Intensity.Normalise(whole.Image, ClassicalSegmentation.Percentiles);
        Extent extent = image.Extent;
        double shrink = Math.Min(1, Math.Pow((double)MostVoxels / extent.Count, 1.0 / extent.Rank));
        var (lower, upper) = (new int[extent.Rank], new int[extent.Rank]);
        for (int axis = 0; axis < extent.Rank; axis++)
        {
            int size = Math.Clamp((int)Math.Round(extent[axis] * shrink), 1, extent[axis]);
            lower[axis] = (extent[axis] - size) / 2;
            upper[axis] = lower[axis] + size;
        }

        var block = new Block(lower, upper);
        return new TuningImage(image.Crop(block), whole.Truth.Crop(block));
    }
}
