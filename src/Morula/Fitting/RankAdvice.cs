namespace Morula.Fitting;

/// <summary>Number of axes, and a background that carries a label.</summary>
internal static class RankAdvice
{
    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        yield return new Advice("Model.Rank", survey.Rank.ToString(), $"images have the axes {"T Z Y X"[^((2 * survey.Rank) - 1)..]}");
        int marked = survey.Images.Count(image => image.LabelledBackground);
        if (marked == 0) yield break;
        if (marked == survey.Images.Count)
        {
            yield return new Advice(
                "Samples.BackgroundLabel", LabelledBackground.Label.ToString(), "label 1 is the largest in every image looked at and reaches all its faces: it marks the background, as ASTEC writes it");
            yield break;
        }

        yield return new Advice(
            "Samples.BackgroundLabel", "0", $"label 1 looks like background in {marked} of {survey.Images.Count} images but not in all; where it is background everywhere, write 1");
    }
}
