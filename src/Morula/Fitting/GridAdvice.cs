using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>The working grid: how large cells should be in voxels.</summary>
internal static class GridAdvice
{
    /// <summary>Voxels along a cell of median size that the lean network is made for.</summary>
    public const double TargetSide = 20;

    private const double MostOversampling = 2;
    private const double Negligible = 0.1;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        string sides = $"cells are {survey.Side(0.05):0.#} / {survey.Side(0.5):0.#} / {survey.Side(0.95):0.#} {survey.Unit} wide (5 / 50 / 95 %)";
        yield return survey.IsCalibrated ? Spacing(survey, Steps(survey), sides) : new Advice(
            "Samples.Spacing", "null", $"not all files state the size of their voxels, so that images stay on their own grid; {sides}");
    }

    /// <summary>One step per axis of space: that at which a median cell has the target side, no finer than the finest of the image, and a coarse axis as it is.</summary>
    private static double[] Steps(Survey survey)
    {
        double[] own = survey.Spacing.Steps[SpatialAxes.First(survey.Rank)..].ToArray();
        double wanted = Math.Max(Round(survey.Side(0.5) / TargetSide, 2), Round(own.Min(), 4));
        return [.. own.Select(step => step <= MostOversampling * wanted ? wanted : Round(step, 4))];
    }

    private static Advice Spacing(Survey survey, double[] steps, string sides)
    {
        double[] own = survey.Spacing.Steps[SpatialAxes.First(survey.Rank)..].ToArray();
        string files = $"{sides}; voxels are {string.Join(" x ", own.Select(step => step.ToString("0.###")))} µm{(survey.SpacingVaries ? ", not the same in all images" : string.Empty)}";
        bool asTheyAre = !survey.SpacingVaries && own.Zip(steps, (from, to) => Math.Abs((to / from) - 1)).All(change => change <= Negligible);
        if (asTheyAre) return new Advice("Samples.Spacing", "null", $"{files}: images fit as they are");
        string why = steps.Min() <= own.Min() * (1 + Negligible)
            ? $"the finest axis sets the step, since a finer one adds voxels and no detail; a median cell has {survey.Side(0.5) / steps[^1]:0} voxels along its side"
            : $"a median cell gets {survey.Side(0.5) / steps[^1]:0} voxels along its side, which the network is made for";
        string kept = steps.Distinct().Count() > 1 ? "; an axis more than twice as coarse keeps its own step" : string.Empty;
        return new Advice("Samples.Spacing", JsonValue.OfAxes(steps), $"{files}: {why}{kept}");
    }

    private static double Round(double value, int digits)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) + 1 - digits);
        return Math.Round(Math.Round(value / unit) * unit, 12);
    }
}
