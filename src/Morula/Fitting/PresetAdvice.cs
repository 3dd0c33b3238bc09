namespace Morula.Fitting;

/// <summary>The preset that the rest starts from.</summary>
internal static class PresetAdvice
{
    private const int Many = 300;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        string few = $"{survey.Names.Count} {(survey.Names.Count == 1 ? "image is" : "images are")} few for its many weights, and lean suits them better";
        yield return new Advice("Preset", $"\"{options.Preset}\"", options.Preset == Presets.Lean.Preset
            ? "the small network for cells, which learns from few images"
            : survey.Names.Count < Many ? $"as asked for; {few}" : "as asked for");
    }
}
