using Morula.Fitting;
using Morula.Formats;
using Morula.Options;
using Morula.Samples;

namespace Morula.Runs;

/// <summary>A look at a data set: which options suit it, and why.</summary>
public static class FittingRun
{
    /// <summary>Images that are read whole unless another number is asked for.</summary>
    public const int MostImages = 8;

    /// <summary>Reads all headers and some images, and recommends options.</summary>
    /// <param name="dataPath">Folder or index file of the data set.</param>
    /// <param name="preset">Name of the preset to start from.</param>
    /// <param name="mostImages">Images to be read whole, evenly drawn, at least 1; one at a time is held in memory.</param>
    /// <param name="seed">Of the draw: the same seed, the same advice.</param>
    /// <param name="progress">Told how many images have been read.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="VolumeFormatException">A file cannot be read, or a pair does not fit together.</exception>
    /// <exception cref="OptionsException">There is no such preset.</exception>
    public static Recommendation Recommend(
        string dataPath, string preset, int mostImages = MostImages, int seed = 1, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostImages, 1);
        MorulaOptions start = Presets.Named(preset, "--preset");
        Survey survey = Surveyor.Look(DataSet.Open(dataPath), mostImages, seed, progress, cancellation);
        Recommendation found = Adviser.Recommend(survey, start);
        OptionsCheck.Require(found.Options);
        return found;
    }
}
