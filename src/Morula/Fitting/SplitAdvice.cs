namespace Morula.Fitting;

/// <summary>What is held out for validation.</summary>
internal static class SplitAdvice
{
    private const int Few = 10;
    private const int Many = 100;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        int count = survey.Names.Count;
        if (survey.StatesSplit) yield break;
        if (count == 1)
        {
            yield return new Advice("Samples.ValidationShare", "0", "there is one image: nothing can be held out, so that nothing tells when to stop; cut it into two files if you can");
            yield break;
        }

        double share = count < Few ? 0.2 : count < Many ? 0.15 : 0.1;
        int held = Math.Clamp((int)Math.Round(share * count), 1, count - 1);
        yield return new Advice(
            "Samples.ValidationShare", JsonValue.Of(share),
            survey.Embryos > 1
                ? $"whole embryos, by chance, until {held} of {count} images are held out: frames of one embryo resemble each other (Samples.Validation=EMBRYO/* names one)"
                : $"{held} of {count} images, neighbours in order of name ({survey.Names[0]} .. {survey.Names[^1]}); name the last of them in Samples.Validation where they are frames of one movie");
        yield return new Advice("Training.ValidationImages", Math.Min(held, 8).ToString(), $"images that each validation looks at, of the {held} held out");
    }
}
