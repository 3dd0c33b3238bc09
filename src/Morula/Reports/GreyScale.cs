using Morula.Volumes;

namespace Morula.Reports;

/// <summary>Intensities to grey: the percentiles 1 and 99.8 of the planes shown become black and white.</summary>
internal readonly record struct GreyScale(float Black, float White)
{
    public static GreyScale Of(IEnumerable<Volume> planes)
    {
        float[] sorted = [.. planes.SelectMany(plane => plane.Voxels).Where(float.IsFinite).Order()];
        if (sorted.Length == 0) return new GreyScale(0, 1);
        return new GreyScale(At(sorted, 0.01), At(sorted, 0.998));
    }

    /// <summary>Grey from 0 to 255; what is no number is black.</summary>
    public byte Apply(float intensity)
    {
        if (!(White > Black)) return (byte)(intensity > Black ? 255 : 0);
        return float.IsNaN(intensity) ? (byte)0 : (byte)Math.Round(255 * Math.Clamp((intensity - Black) / (White - Black), 0, 1));
    }

    private static float At(float[] sorted, double quantile) => sorted[(int)Math.Round(quantile * (sorted.Length - 1))];
}
