namespace Morula.Fitting;

/// <summary>The preset that the rest starts from.</summary>
internal static class PresetAdvice
{
    private const int Many = 300;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        string images = survey.Names.Count == 1 ? "1 image is" : $"{survey.Names.Count} images are";
        bool isSmall = options.Preset == Presets.Lean.Preset || options.Preset == Presets.Nano.Preset;
        yield return new Advice(
            "Preset", $"\"{options.Preset}\"",
            options.Preset == Presets.Lean.Preset ? "the small network for cells, which learns from few images"
                : isSmall || survey.Names.Count >= Many ? "as asked for"
                : $"as asked for; {images} few for its many weights, and lean suits them better");
    }
}
