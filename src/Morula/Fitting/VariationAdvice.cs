namespace Morula.Fitting;

/// <summary>How strongly training varies the images: noise and blur in proportion to what they have.</summary>
internal static class VariationAdvice
{
    private const double Clean = 0.005;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        if (options.Samples is { NoiseDeviation: 0, BlurSigma: 0 }) yield break; // a preset that varies nothing is meant to
        var grid = new WorkingGrid(survey, options.Samples);
        double ratio = grid.Spacing.VoxelVolume / survey.Spacing.VoxelVolume;
        double own = Quantile.Of(survey.Images.Select(image => image.Noise), 0.5);
        double noise = own / Math.Sqrt(Math.Max(1, ratio)); // a larger voxel averages over several
        string seen = $"noise is about {noise:0.0 %} of the range of intensities on the working grid";
        yield return new Advice(
            "Samples.NoiseDeviation", JsonValue.Of(Math.Round(Math.Clamp(noise, own < Clean ? 0.01 : 0.03, 0.1), 2)), $"{seen}; as much again is added at most, within 3 % and 10 % unless images are clean");
        yield return new Advice(
            "Samples.BlurSigma", own < Clean ? "0.3" : "0.7",
            own < Clean ? "images are clean, as if made or filtered: little blur keeps them like what they are" : "images are noisy as a microscope leaves them; blur and sharpening stand for another focus");
    }
}
