using Morula.Formats;
using Morula.Lineages;

namespace Morula.Tracking;

/// <summary>
/// Learns what links cost from a movie whose tracks are known. An annotation lacks the faults of what is to be linked, and one bad
/// contour counts twice, on the way into its frame and out of it; so links only become more lenient than the options to start
/// from, while all that concerns divisions is learnt both ways.
/// </summary>
public static class LinkFit
{
    // The options to start from count as so many observations, so that a short movie does not lead to extremes.
    private const double Prior = 10;

    // Of what divisions look like, which nothing counts twice, spreads may become so much sharper.
    private const double Sharpest = 0.5;

    /// <summary>Options whose spreads and rates are those of a movie.</summary>
    /// <param name="truth">Labels with tracks.</param>
    /// <param name="start">Options to start from; what is not learnt stays as it is.</param>
    /// <param name="progress">Told how many frames have been read.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="VolumeFormatException">A frame cannot be read.</exception>
    public static LinkOptions Learn(TrackedMovie truth, LinkOptions start, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        Learn(MovieCells.Look(truth.Labels, start, progress, cancellation), truth.Lineage, start);

    /// <summary>As above, from cells whose labels are the ids of a lineage.</summary>
    /// <param name="movie">The cells.</param>
    /// <param name="lineage">Their tracks.</param>
    /// <param name="start">Options to start from.</param>
    public static LinkOptions Learn(MovieCells movie, Lineage lineage, LinkOptions start)
    {
        LinkExamples seen = LinkExamples.Of(movie, lineage);
        LinkFeatures[] links = [.. seen.Links, .. seen.Divisions.Select(one => one.Union)];
        double[] distances = [.. seen.Divisions.Select(one => one.Distance)];
        double distance = Mean(distances, start.DaughterDistance);
        return start with
        {
            StepSpread = Within(start.StepSpread, 5, HeavyTail.Spread(links.Select(link => link.Step), movie.Axes, start.StepSpread, Prior)),
            VolumeSpread = Within(start.VolumeSpread, 0.5, Typical(links.Select(link => Math.Abs(link.VolumeChange)), start.VolumeSpread)),
            OverlapWeight = Within(0, start.OverlapWeight, Exponent(links.Select(link => link.Overlap), start.OverlapWeight)),
            DivisionRate = Rate(seen.Divisions.Count, seen.Divisions.Count + seen.Links.Count, start.DivisionRate),
            DaughterDistance = Within(0.1, 5, distance),
            DaughterDistanceSpread = Within(Sharpest * start.DaughterDistanceSpread, 5, HeavyTail.Spread(distances.Select(one => one - distance), 1, start.DaughterDistanceSpread, Prior)),
            DaughterVolumeSpread = Within(Sharpest * start.DaughterVolumeSpread, 0.5, Typical(seen.Divisions.Select(one => one.VolumeDifference), start.DaughterVolumeSpread)),
            AppearanceRate = Math.Max(start.AppearanceRate, Rate(seen.Appearances, seen.Cells, start.AppearanceRate)),
            DisappearanceRate = Math.Max(start.DisappearanceRate, Rate(seen.Disappearances, seen.Cells, start.DisappearanceRate)),
            MissRate = Math.Max(start.MissRate, Rate(seen.Missing, seen.Cells, start.MissRate)),
        };
    }

    private static double Within(double least, double most, double value) => Math.Clamp(value, least, most);

    private static double Mean(IEnumerable<double> values, double prior)
    {
        double[] all = [.. values];
        return (all.Sum() + (Prior * prior)) / (all.Length + Prior);
    }

    // Spread of Laplace's distribution by the median, which a few bad contours do not move.
    private static double Typical(IEnumerable<double> values, double prior)
    {
        double[] all = [.. values.Order()];
        return all.Length == 0 ? prior : ((all.Length * all[all.Length / 2] / Math.Log(2)) + (Prior * prior)) / (all.Length + Prior);
    }

    // Rates are small: the prior weighs as many cells as make one event likely, but no more than a movie has.
    private static double Rate(int events, int cells, double prior)
    {
        double weight = Math.Min(1 / prior, 100);
        return Within(1e-6, 0.5, (events + (weight * prior)) / (cells + weight));
    }

    // Overlaps follow a power law: density a x^(a - 1), whose exponent has a closed form. Half of it counts, since a step and
    // the overlap that it leaves tell the same story.
    private static double Exponent(IEnumerable<double> overlaps, double prior)
    {
        double[] logs = [.. overlaps.Select(overlap => -Math.Log(Math.Max(LinkCosts.LeastOverlap, overlap)))];
        return 0.5 * (((logs.Length + Prior) / (logs.Sum() + (Prior / ((2 * prior) + 1)))) - 1);
    }
}
