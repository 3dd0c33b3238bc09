using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>Measures the noise of an image.</summary>
internal static class NoiseMeter
{
    // Median of the absolute value of a normal variable of deviation 1.
    private const double MedianOfNormal = 0.6745;
    private const int Most = 200_000;

    /// <summary>
    /// Standard deviation from voxel to voxel, as a share of the range of intensities: from the median of second differences along rows,
    /// which slow changes and a few edges leave alone (after Immerkaer, CVIU 1996). Voxels at the foot of the range do not count: a
    /// camera's black is cut off and shows no noise.
    /// </summary>
    public static double Measure(Volume image)
    {
        int row = image.Extent[image.Rank - 1];
        int rows = image.Voxels.Length / row;
        int step = Math.Max(1, (int)((long)rows * row / Most));
        var (low, high) = IntensityRange.Of(image);
        var differences = new List<double>();
        for (int start = 0; start < rows; start += step)
        {
            ReadOnlySpan<float> line = image.Voxels.AsSpan(start * row, row);
            for (int column = 1; column < row - 1; column++)
                if (line[column] > low) differences.Add(Math.Abs(line[column - 1] - (2 * line[column]) + line[column + 1]));
        }

        if (differences.Count == 0) return 0;
        return Quantile.Of(differences, 0.5) / MedianOfNormal / Math.Sqrt(6) / Math.Max(high - low, 1e-30);
    }
}
