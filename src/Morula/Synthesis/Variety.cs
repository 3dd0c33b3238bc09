using Morula.Options;

namespace Morula.Synthesis;

/// <summary>
/// Draws how an embryo, or a part of a tissue, is seen: every image its own cells, voxels, membranes, light and noise. A network that is taught on many kinds knows more of the next
/// (domain randomisation: Tobin et al. 2017).
/// </summary>
internal static class Variety
{
    private const double Half = 0.5;

    /// <summary>Voxels of this size, micrometres, are those that <see cref="TissueOptions.Magnification"/> is meant for where images vary.</summary>
    public const double UsualStep = 0.45;

    /// <summary>An embryo of 3 axes, 25 to 42 micrometres wide, with cells 6 to 15 micrometres wide; or, one in four, an early one of 2 to 12 cells, 7 to 24 micrometres wide.</summary>
    public static EmbryoOptions Draw(Random random)
    {
        var stream = new RandomStream(random);
        EmbryoOptions options = DrawLate(ref stream);
        if (stream.Uniform() < 0.25) options = Early(options, ref stream);
        return options with { CellCount = Math.Min(options.CellCount, new EmbryoField(options with { CellCount = 1 }).LargestCellCount) };
    }

    /// <summary>The same for parts of a label image: cells as wide as those of the options where voxels are of <see cref="UsualStep"/>.</summary>
    public static TissueOptions Draw(TissueOptions options, Random random)
    {
        var stream = new RandomStream(random);
        EmbryoOptions optics = DrawLate(ref stream);
        return options with { Optics = optics, Magnification = options.Magnification * UsualStep / optics.SpacingMicrometres.Min() };
    }

    private static EmbryoOptions DrawLate(ref RandomStream stream)
    {
        double step = stream.Uniform(0.33, 0.6);
        double deep = step * (stream.Uniform() < Half ? 1 : stream.Uniform(1.2, 3.5));
        double fill = stream.Uniform(0.75, 1);
        double width = LogUniform(ref stream, 6, 15);
        double[] lengths = [stream.Uniform(25, 38), stream.Uniform(25, 42), stream.Uniform(25, 42)];
        double bright = stream.Uniform(0.25, 0.7);
        double blur = stream.Uniform(0.2, 0.6);
        int count = (int)Math.Round(fill * fill * fill * lengths[0] * lengths[1] * lengths[2] / (width * width * width));
        var options = new EmbryoOptions
        {
            Extent = [Voxels(lengths[0], deep), Voxels(lengths[1], step), Voxels(lengths[2], step)],
            SpacingMicrometres = [deep, step, step],
            CellCount = Math.Max(2, count),
            SizeVariation = stream.Uniform(0.05, 0.28),
            Fill = fill,
            Wobble = stream.Uniform(0.05, 0.18),
            MembraneThicknessMicrometres = stream.Uniform(0.2, 0.8),
            MembraneBrightness = bright,
            FaceVariation = stream.Uniform(0.1, 0.55),
            MissingPatches = 0.35 * Squared(stream.Uniform()),
            CytoplasmBrightness = bright * stream.Uniform(0.02, 0.4),
            CytoplasmGrain = stream.Uniform(0, 0.6),
            BackgroundBrightness = bright * 0.15 * stream.Uniform(),
            BlurMicrometres = [Math.Max(blur, 0.4 * deep) * stream.Uniform(1, 2), blur, blur],
            DepthAttenuation = stream.Uniform(0, 0.6),
            LightVariation = stream.Uniform(0.05, 0.25),
            Photons = LogUniform(ref stream, 8, 120) / bright,
            CameraNoise = bright * stream.Uniform(0.01, 0.2),
            FusionBlurVoxels = stream.Uniform(0.3, 1),
            Haze = Half * Squared(stream.Uniform()),
        };
        if (stream.Uniform() < 0.3) options = options with { Reach = stream.Uniform(1.05, 1.2) };
        if (stream.Uniform() < 0.2) options = options with { GapVoxels = stream.Uniform(0.5, 2) };
        if (stream.Uniform() < 0.3) options = options with { StripeDepth = stream.Uniform(0.2, 0.6) };
        if (stream.Uniform() < 0.4) options = options with { CavityShare = stream.Uniform(0.05, 0.25) };
        if (stream.Uniform() < 0.3) options = options with { EnvelopeBrightness = bright * stream.Uniform(0.3, 1.2), EnvelopeMicrometres = stream.Uniform(0.5, 3) };
        if (stream.Uniform() < Half) options = options with { SpotsPerCell = LogUniform(ref stream, 0.2, 6), SpotBrightness = bright * stream.Uniform(0.5, 4) };
        return options;
    }

    /// <summary>The look of another embryo, with few cells in an image no wider than they need.</summary>
    private static EmbryoOptions Early(EmbryoOptions look, ref RandomStream stream)
    {
        double width = LogUniform(ref stream, 7, 24);
        double side = Math.Cbrt(LogUniform(ref stream, 2, 12)) * width / look.Fill;
        double[] lengths = new double[3];
        for (int axis = 0; axis < lengths.Length; axis++) lengths[axis] = Math.Min(45, side * stream.Uniform(0.85, 1.2));
        double content = Math.Pow(look.Fill, 3) * lengths[0] * lengths[1] * lengths[2];
        return look with
        {
            Extent = [.. lengths.Zip(look.SpacingMicrometres, Voxels)],
            CellCount = Math.Max(2, (int)Math.Round(content / (width * width * width))),
        };
    }

    private static int Voxels(double length, double step) => Math.Max(12, (int)Math.Round(length / step));

    private static double Squared(double value) => value * value;

    private static double LogUniform(ref RandomStream stream, double least, double most) => Math.Exp(stream.Uniform(Math.Log(least), Math.Log(most)));
}
