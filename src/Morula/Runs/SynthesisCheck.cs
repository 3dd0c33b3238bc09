using Morula.Options;
using Morula.Synthesis;

namespace Morula.Runs;

/// <summary>As <see cref="OptionsCheck"/>, for what is synthesised.</summary>
public static class SynthesisCheck
{
    private const string Source = "options";

    /// <summary>Gives the options back where they fit.</summary>
    /// <exception cref="OptionsException">Rank, spacing, blur and number of cells do not fit the extent.</exception>
    public static EmbryoOptions Require(EmbryoOptions options)
    {
        try
        {
            _ = new EmbryoField(options);
            return options;
        }
        catch (ArgumentException misfit)
        {
            throw new OptionsException(Source, misfit.Message.Split(" (Parameter ")[0], misfit);
        }
    }

    /// <inheritdoc cref="Require(EmbryoOptions)"/>
    public static EmbryoMovieOptions Require(EmbryoMovieOptions options) => options with { Embryo = Require(options.Embryo) };

    /// <summary>Gives the options back where they fit.</summary>
    /// <exception cref="OptionsException">No label image is named, or the images have other than three axes.</exception>
    public static TissueOptions Require(TissueOptions options)
    {
        if (options.Labels.Length == 0) throw new OptionsException("Labels", "names no label image whose shapes are taken; pass --set Labels=FILE.");
        if (options.Optics.Extent.Count != 3) throw new OptionsException("Optics.Extent", $"has {options.Optics.Extent.Count} sizes; a tissue has three axes.");
        return options with { Optics = Require(options.Optics with { CellCount = 1 }) };
    }

    /// <summary>Gives the options back where they fit.</summary>
    /// <exception cref="OptionsException">The rank is not 2 or 3, or a least value is above its most.</exception>
    public static ToyOptions Require(ToyOptions options)
    {
        if (options.Rank is not (2 or 3)) throw new OptionsException(Source, $"Rank is {options.Rank}; a toy scene has rank 2 or 3.");
        if (options.LeastObjects > options.MostObjects)
            throw new OptionsException(Source, $"LeastObjects is {options.LeastObjects} but must not be above MostObjects, {options.MostObjects}.");
        if (options.LeastIntensity > options.MostIntensity)
            throw new OptionsException(Source, $"LeastIntensity is {options.LeastIntensity} but must not be above MostIntensity, {options.MostIntensity}.");
        return options;
    }
}
