using Morula.Samples;
using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>The range of intensities that training brings to one scale.</summary>
internal static class IntensityRange
{
    /// <summary>The two percentiles of the defaults.</summary>
    public static (double Low, double High) Of(Volume image)
    {
        var options = new SampleOptions();
        return Percentiles.Of(image.Voxels, options.LowPercentile, options.HighPercentile);
    }
}
