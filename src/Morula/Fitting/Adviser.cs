using Morula.Options;

namespace Morula.Fitting;

/// <summary>From what a survey has found to the options it asks for.</summary>
internal static class Adviser
{
    // Each topic sees the options with what those before it advise.
    private static readonly Func<Survey, MorulaOptions, IEnumerable<Advice>>[] Topics =
    [
        PresetAdvice.Of, RankAdvice.Of, GridAdvice.Of, StrideAdvice.Of, CropAdvice.Of, MemoryAdvice.Of, VariationAdvice.Of, SplitAdvice.Of, ClassAdvice.Of, AnchorAdvice.Of, RegionAdvice.Of, ContrastAdvice.Of,
    ];

    /// <summary>What to change in a preset.</summary>
    public static Recommendation Recommend(Survey survey, MorulaOptions preset)
    {
        MorulaOptions options = preset;
        var advice = new List<Advice>();
        foreach (var topic in Topics)
        {
            Advice[] some = [.. topic(survey, options)];
            options = OptionsFile.Override(options, some.Select(one => $"{one.Key}={one.Value}"));
            advice.AddRange(some);
        }

        return new Recommendation(options, Describe(survey), advice);
    }

    private static string Describe(Survey survey)
    {
        int most = survey.Images.Max(image => image.Cells.Count), least = survey.Images.Min(image => image.Cells.Count);
        return $"{survey.Names.Count} {(survey.Names.Count == 1 ? "image" : "images")}, {survey.Images.Count} of them read whole, with {survey.Cells.Count} cells ({(least == most ? $"{least}" : $"{least} to {most}")} an image)";
    }
}
