namespace Morula.Fitting;

/// <summary>Whether the image shows membranes, to which cells can be fitted.</summary>
internal static class ContrastAdvice
{
    private const double ClearContrast = 0.04;
    private const double LeastCell = 5;
    private const double MostCell = 20;
    private const double TypicalCell = 10;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        double boundary = Mean(survey, contrast => contrast.Boundary), inside = Mean(survey, contrast => contrast.Inside);
        double outside = Mean(survey, contrast => contrast.Outside), touching = Mean(survey, contrast => contrast.Touching);
        bool membranes = boundary > inside + ClearContrast;
        string seen = $"mean intensities (0 dark, 1 bright): borders {Word(boundary)}, insides {Word(inside)}, outside {Word(outside)}";
        yield return new Advice(
            "Inference.Refinement.Enabled", JsonValue.Of(membranes), membranes
                ? $"{seen}: borders are the brighter, so that cells can be fitted to membranes"
                : $"{seen}: borders are not clearly brighter, so that there is no membrane to fit cells to");
        if (!membranes) yield break;
        var refinement = options.Inference.Refinement;
        if (touching > 0.5)
            yield return new Advice("Inference.Refinement.GapMicrometres", "0", $"{touching:0 %} of neighbouring cells touch in the annotations: no gap is cut between them");
        double side = survey.Side(0.5), scale = side / TypicalCell;
        if (!survey.IsCalibrated || side is >= LeastCell and <= MostCell) yield break;
        string why = $"the default is for cells of {LeastCell} to {MostCell} µm; these have {side:0.#}";
        yield return new Advice("Inference.Refinement.SmoothingMicrometres", Scaled(refinement.SmoothingMicrometres), why);
        yield return new Advice("Inference.Refinement.SeedDepthMicrometres", Scaled(refinement.SeedDepthMicrometres), why);
        yield return new Advice("Inference.Refinement.CloseMicrometres", Scaled(refinement.CloseMicrometres), why);
        yield return new Advice("Inference.Refinement.GrowMicrometres", Scaled(refinement.GrowMicrometres), why);

        string Scaled(double length) => JsonValue.Of(Math.Round(Math.Min(10, length * scale), 2));
    }

    private static double Mean(Survey survey, Func<Contrast, double> value) =>
        survey.Images.Select(image => value(image.Contrast)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static string Word(double mean) => double.IsFinite(mean) ? mean.ToString("0.00") : "none";
}
